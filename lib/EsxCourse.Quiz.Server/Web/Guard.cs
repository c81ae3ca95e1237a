using EsxCourse.Quiz.Server.Room;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace EsxCourse.Quiz.Server.Web;

/// <summary>
/// What holds for every request: headers that keep a page to its own scripts and out of frames and caches, no change on behalf of another site,
/// and errors that say nothing about the inside.
/// </summary>
internal static class Guard
{
    public static void UseGuard(this WebApplication app)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandler = context => Write(context, context.Features.Get<IExceptionHandlerFeature>()?.Error is BadHttpRequestException bad
                ? new Refusal(bad.StatusCode, "bad", bad.StatusCode == StatusCodes.Status413PayloadTooLarge ? "That is too long." : "The request cannot be read.")
                : new Refusal(StatusCodes.Status503ServiceUnavailable, "not-saved", "The server could not do that. Nothing was changed.")),
        });
        app.Use(async (context, next) =>
        {
            Head(context.Response.Headers);
            if (!HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method) && IsForeign(context.Request))
            {
                await Write(context, new Refusal(StatusCodes.Status403Forbidden, "foreign", "This request comes from another site."));
                return;
            }

            await next(context);
        });
    }

    /// <summary>Answers with why not.</summary>
    public static IResult ToResult(this Refusal refusal) => Results.Json(new ErrorView(refusal.Code, refusal.Problem), statusCode: refusal.Status);

    /// <summary>Answers with what the room did, or with why not.</summary>
    public static IResult ToResult<T, TView>(this Outcome<T> outcome, Func<T, TView> view) => outcome.Refusal is { } refusal ? refusal.ToResult() : Results.Json(view(outcome.Value!));

    public static readonly Refusal TooFast = new(StatusCodes.Status429TooManyRequests, "too-fast", "That was too often. Wait a few seconds.");
    public static readonly Refusal NotIn = new(StatusCodes.Status401Unauthorized, "not-in", "Join the quiz first.");
    public static readonly Refusal NotLecturer = new(StatusCodes.Status401Unauthorized, "not-lecturer", "This page is the lecturer's.");

    private static void Head(IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers.CacheControl = "no-store";
    }

    // A browser says where a request was made. Behind a proxy with a certificate the scheme differs, the host does not.
    private static bool IsForeign(HttpRequest request)
    {
        string? site = request.Headers["Sec-Fetch-Site"];
        if (site is not (null or "" or "same-origin"))
            return true;
        string? origin = request.Headers.Origin;
        return !string.IsNullOrEmpty(origin) && !(Uri.TryCreate(origin, UriKind.Absolute, out Uri? from) && new HostString(from.Authority) == new HostString(request.Host.ToString()));
    }

    private static Task Write(HttpContext context, Refusal refusal)
    {
        Head(context.Response.Headers);
        context.Response.StatusCode = refusal.Status;
        return context.Response.WriteAsJsonAsync(new ErrorView(refusal.Code, refusal.Problem), context.RequestAborted);
    }
}

/// <summary>Why not: a word for the script, a sentence for the person.</summary>
internal sealed record ErrorView(string Error, string Problem);
