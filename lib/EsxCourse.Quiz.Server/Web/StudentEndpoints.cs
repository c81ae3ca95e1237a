using EsxCourse.Quiz.Server.Room;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace EsxCourse.Quiz.Server.Web;

/// <summary>What a student's browser may ask. Who asks is told by a cookie that scripts cannot read; whatever else a request claims is not believed.</summary>
internal sealed class StudentEndpoints(QuizRoom room, Limits limits, Presence presence, Solution solution, string cookie)
{
    private static readonly TimeSpan CookieAge = TimeSpan.FromDays(2);

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/join", JoinAsync);
        routes.MapGet("/api/paper", (HttpContext context) => As(context, student => Results.Json(PaperView.Of(room.Quiz, room.Look(student)))));
        routes.MapGet("/api/state", (HttpContext context) => As(context, student => Results.Json(StateView.Of(room.Look(student)))));
        routes.MapGet("/api/solution", (HttpContext context) => As(context, student => solution.ForStudent(student).ToResult(html => new HtmlView(html))));
        routes.MapPost("/api/attempts/{number:int}", (HttpContext context, int number) =>
            AsWriter(context, async student => (await room.StartAsync(student, number)).ToResult(started => new StartedView(started))));
        routes.MapPut("/api/attempts/{number:int}/pick", (HttpContext context, int number, PickRequest request) =>
            AsWriter(context, async student => (await room.PickAsync(student, number, request.Questions ?? [])).ToResult(_ => new DoneView())));
        routes.MapPut("/api/attempts/{number:int}/answers/{question}", (HttpContext context, int number, string question, SaveRequest request) =>
            AsWriter(context, async student => await SaveAsync(student, number, question, request)));
        routes.MapPost("/api/attempts/{number:int}/hand-in", (HttpContext context, int number) =>
            AsWriter(context, async student => (await room.HandInAsync(student, number)).ToResult(_ => new DoneView())));
    }

    private async Task<IResult> JoinAsync(HttpContext context, JoinRequest request)
    {
        if (!limits.MayJoin(context.Connection.RemoteIpAddress?.ToString() ?? ""))
            return Guard.TooFast.ToResult();
        string? personal = string.IsNullOrWhiteSpace(request.Personal) ? null : request.Personal;
        if (personal is not null && !limits.MayTryPersonal(request.Login ?? ""))
            return Guard.TooFast.ToResult();
        Outcome<Ticket> outcome = await room.JoinAsync(request.Code ?? "", request.Login ?? "", string.IsNullOrWhiteSpace(request.Name) ? request.Login ?? "" : request.Name, personal);
        if (outcome.Value is { } ticket)
            context.Response.Cookies.Append(cookie, ticket.Token, new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Strict, Path = "/", MaxAge = CookieAge, Secure = context.Request.IsHttps });
        return outcome.ToResult(_ => new DoneView());
    }

    private async Task<IResult> SaveAsync(StudentRow student, int number, string question, SaveRequest request)
    {
        if (request.Text is null)
            return Refusal.Bad("The text is missing.").ToResult();
        Outcome<SaveResult> outcome = await room.SaveAsync(student, number, question, request.Base, request.Text);
        return outcome.Value is { Saved: false } stands
            ? Results.Json(new ConflictView("changed", stands.Seq, stands.Text!), statusCode: StatusCodes.Status409Conflict)
            : outcome.ToResult(saved => new SavedView(saved.Seq));
    }

    private IResult As(HttpContext context, Func<StudentRow, IResult> answer) =>
        Who(context) is not { } student ? Guard.NotIn.ToResult() : limits.MayLook(student.Number) ? answer(student) : Guard.TooFast.ToResult();

    private async Task<IResult> AsWriter(HttpContext context, Func<StudentRow, Task<IResult>> answer) =>
        Who(context) is not { } student ? Guard.NotIn.ToResult() : limits.MaySave(student.Number) ? await answer(student) : Guard.TooFast.ToResult();

    private StudentRow? Who(HttpContext context)
    {
        StudentRow? student = context.Request.Cookies[cookie] is { Length: > 0 } token ? room.Find(token) : null;
        if (student is not null)
            presence.Saw(student.Number);
        return student;
    }

    private sealed record JoinRequest(string? Code, string? Login, string? Name, string? Personal);

    private sealed record PickRequest(IReadOnlyList<string>? Questions);

    private sealed record SaveRequest(long Base, string? Text);

    private sealed record StartedView(int Attempt);

    private sealed record SavedView(long Seq);

    private sealed record ConflictView(string Error, long Seq, string Text);
}

/// <summary>Done, and nothing more to say.</summary>
internal sealed record DoneView
{
    public bool Done { get; } = true;
}

/// <summary>A piece of a page that the server wrote and escaped.</summary>
internal sealed record HtmlView(string Html);
