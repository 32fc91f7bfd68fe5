using System.Buffers.Binary;

namespace MailDesk.Mail.Mime.Tnef;

/// <summary>A MAPI property: its type ([MS-OXCDATA] §2.11.1) and the octets of its first value.</summary>
internal readonly record struct TnefProperty(ushort Type, ReadOnlyMemory<byte> Value)
{
    public const ushort Int32 = 0x0003;
    public const ushort Boolean = 0x000B;
    public const ushort Object = 0x000D;
    public const ushort String8 = 0x001E;
    public const ushort Unicode = 0x001F;
    public const ushort Binary = 0x0102;

    public int AsInt32() => Type is Int32 or Boolean && Value.Length >= 2
        ? Value.Length >= 4 ? BinaryPrimitives.ReadInt32LittleEndian(Value.Span) : BinaryPrimitives.ReadInt16LittleEndian(Value.Span)
        : 0;
}

/// <summary>Reads a list of MAPI properties ([MS-OXTNEF] §2.1.3.4): slices of the input, no copies. Named properties are passed over.</summary>
internal static class TnefProperties
{
    private const ushort MultiValued = 0x1000;
    private const ushort FirstNamed = 0x8000;

    /// <summary>No message has more; each takes 8 octets at least, so the input bounds the rest.</summary>
    private const int MaxProperties = 10_000;

    /// <param name="properties">By identifier; the first of each counts.</param>
    /// <returns>False when the list ends early or holds what nobody knows; what came before stays.</returns>
    public static bool TryRead(ReadOnlyMemory<byte> data, Dictionary<ushort, TnefProperty> properties)
    {
        var reader = new TnefCursor(data);
        if (!reader.TryUInt32(out var count) || count > MaxProperties) return false;
        for (var i = 0; i < count; i++)
        {
            if (!reader.TryUInt16(out var type) || !reader.TryUInt16(out var id)) return false;
            if (id >= FirstNamed && !SkipName(ref reader)) return false;
            if (!TryValue(ref reader, type, out var value)) return false;
            if (id < FirstNamed) properties.TryAdd(id, value);
        }

        return true;
    }

    private static bool SkipName(ref TnefCursor reader)
    {
        if (!reader.TrySkip(16) || !reader.TryUInt32(out var kind)) return false;
        if (kind == 0) return reader.TrySkip(4);
        return reader.TryUInt32(out var length) && reader.TryTake(length, out _) && reader.TryAlign(length);
    }

    private static bool TryValue(ref TnefCursor reader, ushort type, out TnefProperty value)
    {
        value = default;
        var isMulti = (type & MultiValued) != 0;
        var single = (ushort)(type & ~MultiValued);
        var isVariable = single is TnefProperty.String8 or TnefProperty.Unicode or TnefProperty.Binary or TnefProperty.Object;
        uint count = 1;
        if ((isMulti || isVariable) && !reader.TryUInt32(out count)) return false;
        if (!isVariable)
        {
            var size = FixedSize(single);
            if (size < 0 || !reader.TryTake((long)size * count, out var octets)) return false;
            value = new TnefProperty(single, octets[..Math.Min(size, octets.Length)]);
            return true;
        }

        for (uint i = 0; i < count; i++)
        {
            if (!reader.TryUInt32(out var length) || !reader.TryTake(length, out var octets) || !reader.TryAlign(length)) return false;
            if (i == 0) value = new TnefProperty(single, octets);
        }

        return true;
    }

    /// <summary>With the padding to four octets ([MS-OXTNEF] §2.1.3.4); -1 for a type that nobody knows.</summary>
    private static int FixedSize(ushort type) => type switch
    {
        0x0001 => 0,
        0x0002 or TnefProperty.Int32 or 0x0004 or 0x000A or TnefProperty.Boolean => 4,
        0x0005 or 0x0006 or 0x0007 or 0x0014 or 0x0040 => 8,
        0x0048 => 16,
        _ => -1,
    };
}

/// <summary>Takes little-endian numbers and slices from octets; says no at the end instead of throwing.</summary>
internal struct TnefCursor(ReadOnlyMemory<byte> data)
{
    private ReadOnlyMemory<byte> _rest = data;

    public readonly bool AtEnd => _rest.IsEmpty;

    public bool TryUInt16(out ushort value)
    {
        value = 0;
        if (!TryTake(2, out var octets)) return false;
        value = BinaryPrimitives.ReadUInt16LittleEndian(octets.Span);
        return true;
    }

    public bool TryUInt32(out uint value)
    {
        value = 0;
        if (!TryTake(4, out var octets)) return false;
        value = BinaryPrimitives.ReadUInt32LittleEndian(octets.Span);
        return true;
    }

    public bool TrySkip(long length) => TryTake(length, out _);

    /// <summary>Passes over the padding after a value of that length; at the very end it may be missing.</summary>
    public bool TryAlign(uint length)
    {
        var padding = (int)Math.Min((4 - length % 4) % 4, (uint)_rest.Length);
        _rest = _rest[padding..];
        return true;
    }

    public bool TryTake(long length, out ReadOnlyMemory<byte> octets)
    {
        octets = default;
        if (length > _rest.Length) return false;
        octets = _rest[..(int)length];
        _rest = _rest[(int)length..];
        return true;
    }
}
