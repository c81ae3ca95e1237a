using System.Runtime.CompilerServices;
using EsxCourse.Quiz.Server.Room;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace EsxCourse.Quiz.Server.Web;

/// <summary>
/// What the lecturer's browser may ask. The token comes once, out of the address's fragment, which no browser sends on its own and the page removes
/// at once; from then on a cookie that scripts cannot read stands for it.
/// </summary>
internal sealed class LecturerEndpoints(QuizRoom room, Limits limits, Presence presence, Solution solution, string cookie, Func<string> joinUrl, bool files, Func<string?> trouble, Action closed, CancellationToken stopping)
{
    private static readonly TimeSpan CookieAge = TimeSpan.FromDays(2);

    // Often enough to look live, seldom enough that three hundred typing students cost nothing.
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/lecturer/session", Enter);
        routes.MapGet("/lecturer/class", (HttpContext context) => IsLecturer(context) ? Results.Json(Class()) : Guard.NotLecturer.ToResult());
        routes.MapGet("/lecturer/events", (HttpContext context) => IsLecturer(context) ? TypedResults.ServerSentEvents(EventsAsync(context.RequestAborted), "class") : Guard.NotLecturer.ToResult());
        routes.MapGet("/lecturer/solution", (HttpContext context) => IsLecturer(context) ? solution.ForLecturer().ToResult(html => new HtmlView(html)) : Guard.NotLecturer.ToResult());
        MapDoing(routes, "/lecturer/open", room.OpenAsync);
        MapDoing(routes, "/lecturer/close", async () =>
        {
            Outcome<bool> outcome = await room.CloseAsync();
            closed();
            return outcome;
        });
        MapDoing(routes, "/lecturer/show", room.ShowAsync);
        routes.MapPost("/lecturer/students/{number:int}/code", async (HttpContext context, int number) =>
            IsLecturer(context) ? (await room.NewPersonalAsync(number)).ToResult(code => new CodeView(code)) : Guard.NotLecturer.ToResult());
    }

    private IResult Enter(HttpContext context, EnterRequest request)
    {
        if (!limits.MayTryLecturer(context.Connection.RemoteIpAddress?.ToString() ?? ""))
            return Guard.TooFast.ToResult();
        if (!Secrets.Same(request.Token ?? "", room.State.LecturerToken))
            return Guard.NotLecturer.ToResult();
        context.Response.Cookies.Append(cookie, request.Token!, new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Strict, Path = "/lecturer", MaxAge = CookieAge, Secure = context.Request.IsHttps });
        return Results.Json(new DoneView());
    }

    private bool IsLecturer(HttpContext context) => context.Request.Cookies[cookie] is { Length: > 0 } token && Secrets.Same(token, room.State.LecturerToken);

    private void MapDoing(IEndpointRouteBuilder routes, string path, Func<Task<Outcome<bool>>> work)
    {
        async Task<IResult> DoAsync(HttpContext context) => IsLecturer(context) ? (await work()).ToResult(_ => new DoneView()) : Guard.NotLecturer.ToResult();
        routes.MapPost(path, (Delegate)DoAsync);
    }

    private ClassView Class() => ClassView.Of(room, presence, joinUrl(), files, trouble());

    private async IAsyncEnumerable<ClassView> EventsAsync([EnumeratorCancellation] CancellationToken gone)
    {
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(gone, stopping);
        while (!end.IsCancellationRequested)
        {
            yield return Class();
            await Task.Delay(Beat, end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private sealed record EnterRequest(string? Token);

    private sealed record CodeView(string Code);
}
