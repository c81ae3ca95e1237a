namespace EsxCourse.Memory.Alternatives;

/// <summary>What a machine frame is used for under Xen. A frame has one type at a time.</summary>
/// <remarks>SOSP '03 ("Xen and the Art of Virtualization") §3.3.3. The default is a frame that nothing has typed yet.</remarks>
public enum XenFrameType : byte
{
    /// <summary>No type: no reference asks for one. It may become any.</summary>
    None,

    /// <summary>PD: the upper level of a page table. Read-only to the guest.</summary>
    PageDirectory,

    /// <summary>PT: the lower level of a page table. Read-only to the guest.</summary>
    PageTable,

    /// <summary>LDT: a local descriptor table. Read-only to the guest.</summary>
    LocalDescriptorTable,

    /// <summary>GDT: the global descriptor table. Read-only to the guest.</summary>
    GlobalDescriptorTable,

    /// <summary>RW: mapped writable somewhere. Never a table.</summary>
    Writable,
}

/// <summary>One entry of a page directory or page table: a machine frame and whether it may be written.</summary>
/// <param name="Frame">The machine frame; -1 when the entry is not present.</param>
/// <param name="Writable">Whether the guest may write through it.</param>
public readonly record struct XenEntry(int Frame, bool Writable)
{
    /// <summary>An entry that is not present.</summary>
    public static XenEntry NotPresent => new(-1, false);

    /// <summary>Whether there is a mapping.</summary>
    public bool IsPresent => Frame >= 0;
}

/// <summary>A change that a guest asks for: one entry of one of its tables.</summary>
/// <param name="Table">The machine frame of the table.</param>
/// <param name="Index">Which entry, 0 to 1,023.</param>
/// <param name="Entry">What it shall be.</param>
public readonly record struct XenUpdate(int Table, int Index, XenEntry Entry);
