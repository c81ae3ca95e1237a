using System.Diagnostics;
using EsxCourse.Grading.Sandbox;

namespace EsxCourse.Grading.Tests.Sandbox;

public sealed class CgroupTreeTests
{
    [Fact]
    public void The_mount_and_the_own_group_are_found()
    {
        using TemporaryFolder place = new();
        string mounts = place.Write("mountinfo", "24 1 0:22 / /proc rw shared:5 - proc proc rw\n35 24 0:30 / /sys/fs/cgroup rw,nosuid shared:9 - cgroup2 cgroup2 rw,nsdelegate\n");
        string self = place.Write("cgroup", "4:memory:/other\n0::/user.slice/user-1000.slice/app.slice/run-7.scope\n");
        Assert.Equal(("/sys/fs/cgroup", "user.slice/user-1000.slice/app.slice/run-7.scope"), CgroupTree.Place(mounts, self));
    }

    [Fact]
    public void Where_cgroup_v2_is_not_mounted_there_is_none()
    {
        using TemporaryFolder place = new();
        Assert.Null(CgroupTree.Place(place.Write("mountinfo", "24 1 0:22 / /proc rw shared:5 - proc proc rw\n"), place.Write("cgroup", "0::/\n")));
    }

    [Fact]
    public void Where_groups_may_not_be_made_there_is_none()
    {
        using TemporaryFolder place = new();
        place.Folder("a/b");
        Assert.Null(CgroupTree.TryMake(place.Path, "a/b"));
    }

    [Fact]
    public void A_sandboxs_group_limits_memory_and_processes()
    {
        using TemporaryFolder place = new();
        using Cgroup group = new(place.Folder("w1"), _ => { });
        group.Limit(new SandboxLimits(AddressSpaceMegabytes: 1024, Threads: 64));
        Assert.Equal(((1024 + 128L) << 20).ToString(), File.ReadAllText(place.File("w1/memory.max")));
        Assert.Equal("72", File.ReadAllText(place.File("w1/pids.max")));
    }

    [Fact]
    public void What_runs_in_a_group_is_counted_and_the_group_is_gone_afterwards()
    {
        using CgroupTree? tree = CgroupTree.TryMake();
        Assert.SkipWhen(tree is null, "cgroup v2 is not ours to use here; grading says so and goes on without.");
        Cgroup group = tree.Make(new SandboxLimits());
        List<string> command = ["/bin/sh", "-c", "i=0; while [ $i -lt 100000 ]; do i=$((i+1)); done"];
        group.Enter(command);
        using (Process process = Process.Start(command[0], command[1..]))
            process.WaitForExit();
        Assert.InRange(group.CpuSeconds() ?? 0, 0.001, 60);
        group.Dispose();
        tree.Dispose();
        Assert.Null(group.CpuSeconds());
    }
}
