using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Microsoft.EntityFrameworkCore;

namespace MailDesk.Worker.Storage;

/// <summary>
/// A connection with its statements, each compiled once: what every mail does is asked and written this way. Values are those that the database
/// holds (see <see cref="DeskContext"/>), in the places @p0, @p1 and so on. Not for two threads at once.
/// </summary>
public sealed class Statements : IDisposable
{
    /// <summary>A compiled statement keeps its last values. One with more octets than this is compiled anew instead: mail can be large.</summary>
    private const int LongestKept = 65_536;

    private readonly DbConnection _connection;
    private readonly RowMaps _maps;
    private readonly Dictionary<string, DbCommand> _commands = new(StringComparer.Ordinal);
    private DbTransaction? _transaction;

    /// <param name="like">The connection is one of its own to the same database.</param>
    internal Statements(DeskContext like, RowMaps maps)
    {
        _maps = maps;
        _connection = DbProviderFactories.GetFactory(like.Database.GetDbConnection())!.CreateConnection()!;
        _connection.ConnectionString = like.Database.GetConnectionString();
        _connection.Open();
    }

    /// <returns>How many rows were changed.</returns>
    public int Execute(string sql, params ReadOnlySpan<object?> values) => Run(sql, command => command.ExecuteNonQuery(), values);

    /// <returns>The first column of the first row; null when there is none, or nothing in it.</returns>
    public long? Number(string sql, params ReadOnlySpan<object?> values) =>
        Run(sql, command => command.ExecuteScalar(), values) is { } value and not DBNull ? Convert.ToInt64(value, CultureInfo.InvariantCulture) : null;

    public List<T> Query<T>(string sql, Func<DbDataReader, T> read, params ReadOnlySpan<object?> values) => Run(
        sql,
        command =>
        {
            List<T> found = [];
            using var rows = command.ExecuteReader();
            while (rows.Read()) found.Add(read(rows));
            return found;
        },
        values);

    /// <summary>Whole rows of one table.</summary>
    /// <param name="which">The rest of the statement from WHERE on.</param>
    public List<T> Rows<T>(string which, params ReadOnlySpan<object?> values)
        where T : class
    {
        var map = _maps[typeof(T)];
        return Query($"SELECT {map.SelectList} FROM {map.Table} {which}", map.Read<T>, values);
    }

    /// <summary>Runs <paramref name="write"/> as one transaction: all of it or nothing.</summary>
    public T InTransaction<T>(Func<T> write)
    {
        using var transaction = _transaction = _connection.BeginTransaction();
        try
        {
            var result = write();
            transaction.Commit();
            return result;
        }
        finally
        {
            _transaction = null;
        }
    }

    public void Dispose()
    {
        foreach (var command in _commands.Values) command.Dispose();
        _connection.Dispose();
    }

    internal static string Place(int i) => string.Create(CultureInfo.InvariantCulture, $"@p{i}");

    private T Run<T>(string sql, Func<DbCommand, T> run, ReadOnlySpan<object?> values)
    {
        var command = Prepare(sql, values);
        try
        {
            return run(command);
        }
        finally
        {
            foreach (var value in values)
            {
                if (value is byte[] { Length: > LongestKept } && _commands.Remove(sql)) command.Dispose();
            }
        }
    }

    [SuppressMessage("Security", "CA2100", Justification = "Every text is written in this program; what comes from outside are values.")]
    private DbCommand Prepare(string sql, ReadOnlySpan<object?> values)
    {
        if (!_commands.TryGetValue(sql, out var command))
        {
            command = _connection.CreateCommand();
            command.CommandText = sql;
            for (var i = 0; i < values.Length; i++)
            {
                var parameter = command.CreateParameter();
                parameter.ParameterName = Place(i);
                command.Parameters.Add(parameter);
            }

            _commands.Add(sql, command);
        }

        command.Transaction = _transaction;
        for (var i = 0; i < values.Length; i++) command.Parameters[i].Value = values[i] ?? DBNull.Value;
        return command;
    }
}
