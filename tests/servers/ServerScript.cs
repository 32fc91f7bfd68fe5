using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace MailDesk.TestServers;

/// <summary>A script of this folder that knows <c>missing</c>, <c>start DIR</c> and <c>stop DIR</c>. Every call of it has an end.</summary>
internal sealed class ServerScript
{
    /// <summary>Starting takes seconds; a machine under load takes longer.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly string _name;
    private readonly string? _path;

    public ServerScript(string name)
    {
        _name = name;
        _path = Upwards.Find(Path.Combine("tests", "servers", name), File.Exists);
        Missing = FindMissing();
    }

    /// <summary>What this machine lacks; null when nothing.</summary>
    public string? Missing { get; }

    /// <summary>Starts the servers under a new temporary directory, on free ports that these variables tell the script.</summary>
    /// <exception cref="InvalidOperationException">They did not start; the message has the end of their logs.</exception>
    public async Task<(string Directory, IReadOnlyDictionary<string, int> Ports)> StartAsync(params string[] portVariables)
    {
        if (Missing is not null) throw new InvalidOperationException($"missing: {Missing}");
        for (var attempt = 1; ; attempt++)
        {
            var directory = Directory.CreateTempSubdirectory("maildesk-").FullName;
            var (code, output, errors) = await RunAsync(["start", directory], portVariables.Zip(FreePorts(portVariables.Length)));
            if (code == 0)
            {
                return (directory, output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('='))
                    .ToDictionary(p => p[0], p => int.Parse(p[1], CultureInfo.InvariantCulture), StringComparer.Ordinal));
            }

            Directory.Delete(directory, recursive: true);
            // Somebody else may have taken a port that was free a moment ago.
            if (attempt == 3) throw new InvalidOperationException(errors);
        }
    }

    /// <summary>Another of the script's calls, on servers that run.</summary>
    /// <exception cref="InvalidOperationException">It failed; the message has its words.</exception>
    public async Task CallAsync(string call, string directory)
    {
        var (code, _, errors) = await RunAsync([call, directory], []);
        if (code != 0) throw new InvalidOperationException(errors);
    }

    /// <summary>Ends the servers and deletes their directory.</summary>
    public async Task StopAsync(string directory)
    {
        await RunAsync(["stop", directory], []);
        Directory.Delete(directory, recursive: true);
    }

    private static int[] FreePorts(int count)
    {
        var listeners = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToList();
        listeners.ForEach(l => l.Start());
        int[] ports = [.. listeners.Select(l => ((IPEndPoint)l.LocalEndpoint).Port)];
        listeners.ForEach(l => l.Dispose());
        return ports;
    }

    private string? FindMissing()
    {
        if (!OperatingSystem.IsLinux()) return "Linux";
        if (_path is null) return $"tests/servers/{_name} above the test's folder";
        var (code, output, errors) = RunAsync(["missing"], []).GetAwaiter().GetResult();
        return code == 0 ? null : $"{output}{errors}".Trim();
    }

    private async Task<(int Code, string Output, string Errors)> RunAsync(string[] arguments, IEnumerable<(string Name, int Value)> environment)
    {
        var start = new ProcessStartInfo("bash", [_path!, .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment) start.Environment[name] = value.ToString(CultureInfo.InvariantCulture);
        using var process = Process.Start(start)!;
        using var patience = new CancellationTokenSource(Patience);
        await using var end = patience.Token.Register(() => process.Kill(entireProcessTree: true));
        var output = process.StandardOutput.ReadToEndAsync(patience.Token);
        var errors = process.StandardError.ReadToEndAsync(patience.Token);
        await process.WaitForExitAsync(CancellationToken.None);
        return (process.ExitCode, await output, await errors);
    }
}
