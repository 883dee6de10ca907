package io.rankline.server.json;

import io.rankline.server.json.Json.JsonArray;
import io.rankline.server.json.Json.JsonNumber;
import io.rankline.server.json.Json.JsonObject;
import io.rankline.server.json.Json.JsonText;
import io.rankline.server.json.Json.JsonWord;
import io.rankline.server.json.Json.Member;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;

/** Writes JSON over several lines, four spaces a level by default, as TensorFlow Serving does. */
public final class JsonWriter {

  private final StringBuilder text = new StringBuilder();
  private final Deque<Level> levels = new ArrayDeque<>();
  private final String indentation;
  private boolean arraysOnOneLine;
  private int longest = Integer.MAX_VALUE;

  /** A writer of one value. */
  public JsonWriter() {
    this(4);
  }

  /**
   * A writer of one value.
   *
   * @param indentation spaces a level
   */
  public JsonWriter(int indentation) {
    this.indentation = " ".repeat(indentation);
  }

  /**
   * A value as messages show it: arrays on one line, and three dots where it is longer than {@code
   * longest} characters. What is not shown is not looked at.
   */
  public static String shown(Json value, int longest) {
    JsonWriter writer = new JsonWriter().arraysOnOneLine();
    writer.longest = longest;
    String text = writer.value(value).toString();
    return text.length() <= longest ? text : text.substring(0, longest) + "...";
  }

  /** What has been opened and not closed. */
  private static final class Level {
    private final boolean array;
    private int count;
    private boolean named;

    Level(boolean array) {
      this.array = array;
    }
  }

  /** Arrays, and what closes them, stand on the line where they begin from here on. */
  public JsonWriter arraysOnOneLine() {
    arraysOnOneLine = true;
    return this;
  }

  /** Elements of arrays stand on lines of their own from here on. */
  public JsonWriter arraysOverLines() {
    arraysOnOneLine = false;
    return this;
  }

  /** Begins an object. */
  public JsonWriter beginObject() {
    return begin('{', false);
  }

  /** Ends an object. */
  public JsonWriter endObject() {
    Level level = levels.pop();
    if (level.count > 0) {
      newLine();
    }
    text.append('}');
    return this;
  }

  /** Begins an array. */
  public JsonWriter beginArray() {
    return begin('[', true);
  }

  /** Ends an array. */
  public JsonWriter endArray() {
    Level level = levels.pop();
    if (level.count > 0 && !arraysOnOneLine) {
      newLine();
    }
    text.append(']');
    return this;
  }

  /** The name of the value that comes next. */
  public JsonWriter name(String name) {
    prefix();
    quote(name);
    text.append(": ");
    Level level = levels.peek();
    if (level != null) {
      level.named = true;
    }
    return this;
  }

  /** A text. */
  public JsonWriter text(String value) {
    prefix();
    quote(value);
    return this;
  }

  /** A float, see {@link FloatText}. */
  public JsonWriter number(float value) {
    return raw(FloatText.of(value));
  }

  /** What is JSON already. */
  public JsonWriter raw(String json) {
    prefix();
    text.append(json);
    return this;
  }

  /** Any value; numbers as they were written. */
  public JsonWriter value(Json json) {
    if (text.length() > longest) {
      return this;
    }
    if (json instanceof JsonObject object) {
      beginObject();
      for (Member member : object.members()) {
        name(member.name()).value(member.value());
      }
      return endObject();
    }
    if (json instanceof JsonArray array) {
      beginArray();
      array.values().forEach(this::value);
      return endArray();
    }
    if (json instanceof JsonText words) {
      return text(words.start(longest));
    }
    if (json instanceof JsonNumber number) {
      return raw(number.text());
    }
    return raw(((JsonWord) json).name().toLowerCase(Locale.ROOT));
  }

  /** All that was written, in UTF-8. */
  public byte[] toBytes() {
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return text.toString();
  }

  private JsonWriter begin(char bracket, boolean array) {
    prefix();
    text.append(bracket);
    levels.push(new Level(array));
    return this;
  }

  private void prefix() {
    Level level = levels.peek();
    if (level == null) {
      return;
    }
    if (level.named) {
      level.named = false;
      return;
    }
    if (level.count++ > 0) {
      text.append(',');
      if (level.array && arraysOnOneLine) {
        text.append(' ');
      }
    }
    if (!level.array || !arraysOnOneLine) {
      newLine();
    }
  }

  private void newLine() {
    text.append('\n').append(indentation.repeat(levels.size()));
  }

  private void quote(String value) {
    text.append('"');
    for (int i = 0; i < value.length(); i++) {
      char next = value.charAt(i);
      int escape = "\"\\\b\f\n\r\t".indexOf(next);
      if (escape >= 0) {
        text.append('\\').append("\"\\bfnrt".charAt(escape));
      } else if (next < ' ') {
        text.append(String.format(Locale.ROOT, "\\u%04X", (int) next));
      } else {
        text.append(next);
      }
    }
    text.append('"');
  }
}
