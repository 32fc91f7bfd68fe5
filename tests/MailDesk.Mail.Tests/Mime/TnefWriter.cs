using System.Buffers.Binary;
using System.Text;

namespace MailDesk.Mail.Tests.Mime;

/// <summary>Writes TNEF as Exchange does, for tests ([MS-OXTNEF]).</summary>
internal sealed class TnefWriter
{
    public const uint MessageClass = 0x00078008, Body = 0x0002800C, MessageProperties = 0x00069003, OemCodePage = 0x00069007;
    public const uint Render = 0x00069002, Title = 0x00018010, Data = 0x0006800F, FileProperties = 0x00069005;

    private readonly List<byte> _output = [0x78, 0x9F, 0x3E, 0x22, 1, 0];

    public TnefWriter Attribute(uint id, ReadOnlySpan<byte> data, int checksumOffBy = 0)
    {
        _output.Add(id is Render or Title or Data or FileProperties ? (byte)2 : (byte)1);
        Number(_output, id);
        Number(_output, (uint)data.Length);
        _output.AddRange(data);
        var sum = checksumOffBy;
        foreach (var octet in data) sum += octet;
        _output.Add((byte)sum);
        _output.Add((byte)(sum >> 8));
        return this;
    }

    public TnefWriter File(string title, byte[] data, params (ushort Id, object Value)[] properties)
    {
        Attribute(Render, new byte[14]).Attribute(Title, Encoding.Latin1.GetBytes(title + "\0"));
        if (data.Length > 0) Attribute(Data, data);
        return properties.Length == 0 ? this : Attribute(FileProperties, Properties(properties));
    }

    public byte[] ToArray() => _output.ToArray();

    /// <summary>string: Unicode; byte[]: binary; int: a number; (byte[], true): an object with that behind its interface; byte[] in a tuple with a type: as it is.</summary>
    public static byte[] Properties(params (ushort Id, object Value)[] properties)
    {
        var output = new List<byte>();
        Number(output, (uint)properties.Length);
        foreach (var (id, value) in properties)
        {
            var (type, octets) = value switch
            {
                int number => ((ushort)0x0003, BitConverter.GetBytes(number)),
                string text => ((ushort)0x001F, Encoding.Unicode.GetBytes(text + "\0")),
                (ushort given, byte[] raw) => (given, raw),
                _ => ((ushort)0x0102, (byte[])value),
            };
            Number(output, (uint)(type | id << 16));
            if (id >= 0x8000)
            {
                output.AddRange(new byte[16]);
                Number(output, 1);
                Number(output, 6);
                output.AddRange("a\0b\0c\0"u8);
                output.AddRange([0, 0]);
            }

            if (type != 0x0003)
            {
                Number(output, 1);
                Number(output, (uint)octets.Length);
            }

            output.AddRange(octets);
            output.AddRange(new byte[(4 - octets.Length % 4) % 4]);
        }

        return output.ToArray();
    }

    /// <summary>RTF in the form that is not compressed ([MS-OXRTFCP] §2.1.3.1.2).</summary>
    public static byte[] Rtf(string rtf)
    {
        var octets = Encoding.Latin1.GetBytes(rtf);
        var result = new byte[16 + octets.Length];
        BinaryPrimitives.WriteInt32LittleEndian(result, octets.Length + 12);
        BinaryPrimitives.WriteInt32LittleEndian(result.AsSpan(4), octets.Length);
        "MELA"u8.CopyTo(result.AsSpan(8));
        octets.CopyTo(result, 16);
        return result;
    }

    private static void Number(List<byte> output, uint value)
    {
        Span<byte> octets = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(octets, value);
        output.AddRange(octets);
    }
}
