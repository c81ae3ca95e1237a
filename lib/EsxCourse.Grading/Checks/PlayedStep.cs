namespace EsxCourse.Grading.Checks;

/// <summary>One step that a check played, with what should have come of it and what came.</summary>
/// <param name="Step">The step in the terms of the lecture, for example "target 2", or a place in a sequence, for example "step 3".</param>
/// <param name="What">Which value was compared; empty where the step is the value.</param>
/// <param name="Expected">What it should be; empty where nothing can be said.</param>
/// <param name="Actual">What the student's code did.</param>
/// <param name="Differs">Whether they part here.</param>
public sealed record PlayedStep(string Step, string What, string Expected, string Actual, bool Differs);
