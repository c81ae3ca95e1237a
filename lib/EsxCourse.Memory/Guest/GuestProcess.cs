using EsxCourse.Contracts;

namespace EsxCourse.Memory.Guest;

/// <summary>A range of a guest's virtual pages: the memory of a process, or a file seen through the page cache.</summary>
/// <remarks>Made by the guest; a reboot makes it invalid.</remarks>
public sealed class GuestProcess
{
    internal GuestProcess(string name, int firstVpn, int pages, int firstBlock)
    {
        Name = name;
        FirstVpn = firstVpn;
        Length = pages;
        FirstBlock = firstBlock;
    }

    /// <summary>What it is called.</summary>
    public string Name { get; }

    /// <summary>How many virtual pages it has.</summary>
    public PageCount Pages => new(Length);

    /// <summary>Whether this is a file in the page cache; else it is anonymous memory, which goes to the swap area.</summary>
    public bool IsFile => FirstBlock >= 0;

    internal int FirstVpn { get; }

    internal int Length { get; }

    /// <summary>The disk block of the first page, for files; -1 for anonymous memory.</summary>
    internal int FirstBlock { get; }

    internal bool Exited { get; set; }
}
