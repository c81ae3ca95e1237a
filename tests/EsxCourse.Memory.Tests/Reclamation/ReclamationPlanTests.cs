using EsxCourse.Contracts;
using EsxCourse.Memory.Reclamation;

namespace EsxCourse.Memory.Tests.Reclamation;

public sealed class ReclamationPlanTests
{
    private static ReclamationPlan Plan(ReclamationState state, long allocated, long room) =>
        ReclamationPlan.For(state, new PageCount(allocated), new PageCount(100), new PageCount(room));

    [Theory]
    [InlineData(ReclamationState.High, 150, 1000, 0, 0, false)]
    [InlineData(ReclamationState.Soft, 150, 1000, 50, 0, false)]
    [InlineData(ReclamationState.Soft, 150, 20, 20, 30, false)] // the balloon has little room: page the rest
    [InlineData(ReclamationState.Soft, 150, 0, 0, 50, false)]   // no driver
    [InlineData(ReclamationState.Hard, 150, 1000, 50, 50, false)]
    [InlineData(ReclamationState.Low, 150, 1000, 50, 50, true)]
    [InlineData(ReclamationState.Low, 100, 1000, 0, 0, false)]  // at its target: it runs on
    [InlineData(ReclamationState.Low, 20, 1000, 0, 0, false)]
    public void Each_state_asks_for_what_the_paper_says(ReclamationState state, long allocated, long room, long balloon, long pageOut, bool blocked) =>
        Assert.Equal(new ReclamationPlan(new PageCount(balloon), new PageCount(pageOut), blocked), Plan(state, allocated, room));
}
