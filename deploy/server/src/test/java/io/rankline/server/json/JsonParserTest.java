package io.rankline.server.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonParserTest {

  private static final long MOST = 1000;

  private static Json parse(String text) throws JsonException {
    return JsonParser.parse(text.getBytes(StandardCharsets.UTF_8), MOST);
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}|{}",
        "[]|[]",
        " [1 , 2.50,-0,1e5 ]|[1, 2.50, -0, 1e5]",
        "[NaN,Inf,-Inf,Infinity,-Infinity]|[NaN, Inf, -Inf, Infinity, -Infinity]",
        "[true,false,null] x|[true, false, null]",
        "\"a\\\"\\\\\\/\\b\\f\\n\\r\\t\"|\"a\\\"\\\\/\\b\\f\\n\\r\\t\"",
        "\"\\u00e4\\ud83d\\ude00\\u0001/\"|\"ä😀\\u0001/\"",
      })
  void valuesAreReadAndWrittenBack(String text, String written) throws JsonException {
    assertThat(new JsonWriter().arraysOnOneLine().value(parse(text)).toString()).isEqualTo(written);
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`  `|The document is empty. at offset: 2",
        "nan|Invalid value. at offset: 1",
        "tru|Invalid value. at offset: 3",
        "x|Invalid value. at offset: 0",
        "[1,]|Invalid value. at offset: 3",
        "[+1]|Invalid value. at offset: 1",
        "[.5]|Invalid value. at offset: 1",
        "[01]|Missing a comma or ] after an array element. at offset: 2",
        "[1 2]|Missing a comma or ] after an array element. at offset: 3",
        "[1|Missing a comma or ] after an array element. at offset: 2",
        "[1.]|Miss fraction part in number. at offset: 3",
        "[1e]|Miss exponent in number. at offset: 3",
        "[1e400]|Number too big to be stored in double. at offset: 1",
        "[Infinit]|Invalid value. at offset: 8",
        "{a:1}|Missing a name for object member. at offset: 1",
        "{\"a\" 1}|Missing a colon after a name of object member. at offset: 5",
        "{\"a\":1|Missing a comma or } after an object member. at offset: 6",
        "{\"a\":1,}|Missing a name for object member. at offset: 7",
        "\"a|Missing a closing quotation mark in string. at offset: 2",
        "\"\\x\"|Invalid escape character in string. at offset: 1",
        "\"\t\"|Invalid escape character in string. at offset: 1",
        "\"\\u12g4\"|Incorrect hex digit after \\u escape in string. at offset: 1",
        "\"\\ud800x\"|The surrogate pair in string is invalid. at offset: 1",
        "// no comment|Invalid value. at offset: 0",
      })
  void faultsHaveTensorFlowServingsWordsAndPlaces(String text, String fault) {
    assertThatThrownBy(() -> parse(text)).isInstanceOf(JsonException.class).hasMessage(fault);
  }

  @Test
  void bytesThatAreNoUtf8Pass() throws JsonException {
    byte[] text = {'"', (byte) 0xff, '"'};

    Json.JsonText read = (Json.JsonText) JsonParser.parse(text, MOST);

    assertThat(read.window().get()).isEqualTo((byte) 0xff);
  }

  @Test
  void depthAndNumberOfValuesAreLimited() {
    assertThatThrownBy(() -> parse("[".repeat(1_000_000)))
        .isInstanceOf(JsonException.class)
        .hasMessage("Nested deeper than 100. at offset: 100");
    assertThatThrownBy(() -> parse("[1" + ",1".repeat(1000) + "]"))
        .isInstanceOf(JsonException.class)
        .hasMessage("More than 1000 values. at offset: 1999");
  }

  @Test
  void messagesShowTheBeginningOfLongValues() throws JsonException {
    assertThat(JsonWriter.shown(parse("[\"" + "a".repeat(1000) + "\"]"), 10))
        .isEqualTo("[\"aaaaaaaa...");
    assertThat(JsonWriter.shown(parse("[\"aa\"]"), 10)).isEqualTo("[\"aa\"]");
  }
}
