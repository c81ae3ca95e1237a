using System.Text.Json;

namespace EsxCourse.Notebooks;

/// <summary>On which line of an <c>.ipynb</c> each cell begins: the JSON tree does not keep positions, and messages need them.</summary>
internal static class CellLines
{
    public static int[] Of(byte[] bytes)
    {
        ReadOnlySpan<byte> json = bytes.AsSpan().StartsWith(System.Text.Encoding.UTF8.Preamble) ? bytes.AsSpan(3) : bytes;
        Utf8JsonReader reader = new(json);
        List<int> lines = [];
        bool inCells = false;
        int line = 1;
        int counted = 0;
        while (reader.Read())
        {
            if (reader.CurrentDepth == 1 && reader.TokenType == JsonTokenType.PropertyName)
                inCells = reader.ValueTextEquals("cells");
            else if (inCells && reader.CurrentDepth == 2 && reader.TokenType is not (JsonTokenType.EndObject or JsonTokenType.EndArray or JsonTokenType.PropertyName))
            {
                int at = (int)reader.TokenStartIndex;
                line += json[counted..at].Count((byte)'\n');
                counted = at;
                lines.Add(line);
            }
        }

        return [.. lines];
    }
}
