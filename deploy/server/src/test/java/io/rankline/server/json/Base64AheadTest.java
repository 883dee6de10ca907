package io.rankline.server.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.rankline.server.json.Json.JsonArray;
import io.rankline.server.json.Json.JsonObject;
import io.rankline.server.json.Json.JsonText;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class Base64AheadTest {

  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

  private static Stream<Base64Groups> decoders() {
    return Stream.concat(Stream.of(PlainBase64.INSTANCE), CompiledBase64.find().stream());
  }

  @Test
  void compiledCodeIsThere() {
    assumeThat(CompiledBase64.find()).as("no C compiler, or no AVX2").isPresent();
  }

  @ParameterizedTest
  @MethodSource("decoders")
  void groupsAreThoseOfTheJdk(Base64Groups groups) {
    Random random = new Random(1);
    for (int length = 0; length < 3000; length += 1 + length / 50) {
      byte[] bytes = new byte[length];
      random.nextBytes(bytes);
      byte[] text = Base64.getEncoder().withoutPadding().encode(bytes);
      byte[] out = new byte[length + 7];
      int from = random.nextInt(text.length + 1) & -4;
      int taken = groups.decode(text, from, text.length, out, 5);

      assertThat(taken).isEqualTo((text.length - from) & -4);
      byte[] expected = Base64.getDecoder().decode(Arrays.copyOfRange(text, from, from + taken));
      assertThat(Arrays.copyOfRange(out, 5, 5 + taken / 4 * 3)).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @MethodSource("decoders")
  void aByteThatIsNotInTheAlphabetEndsThemWhereverItStands(Base64Groups groups) {
    for (int wrong = 0; wrong < 256; wrong++) {
      boolean known = ALPHABET.indexOf(wrong) >= 0;
      for (int place = 0; place < 100; place += 1 + place / 40) {
        byte[] text = new byte[100];
        Arrays.fill(text, (byte) 'x');
        text[place] = (byte) wrong;

        assertThat(groups.decode(text, 0, text.length, new byte[75], 0))
            .as("byte %s at %s", wrong, place)
            .isEqualTo(known ? 100 : place & -4);
      }
    }
  }

  /** A text by the parser that has looked ahead, in pieces, beside what the JDK makes of it. */
  private static void check(String encoded, int pieces, long seed) throws JsonException {
    byte[] text =
        "{\"instances\": [{\"b64\": \"%s\"}, {\"b64\" :\"%s\"}], \"other\": \"b64\"}"
            .formatted(encoded, encoded)
            .getBytes(StandardCharsets.ISO_8859_1);
    Random random = new Random(seed);
    Base64Ahead ahead = new Base64Ahead(new ByteArrays(2));
    for (int piece = 0, come = 0; piece < pieces; piece++) {
      come += random.nextInt(text.length - come + 1);
      byte[] half = Arrays.copyOf(text, text.length);
      Arrays.fill(half, come, half.length, (byte) '"'); // of an array that was used before
      ahead.look(half, come, text.length);
    }
    ahead.look(text, text.length, text.length);

    JsonObject plain = (JsonObject) JsonParser.parse(text, 100);
    JsonObject looked = (JsonObject) JsonParser.parse(text, text.length, ahead, 100);
    for (int row = 0; row < 2; row++) {
      JsonText expected = text(plain, row);
      JsonText found = text(looked, row);
      assertThat(found.text()).isEqualTo(expected.text());
      ByteBuffer decoded = found.decoded();
      if (decoded != null) {
        assertThat(decoded).isEqualTo(Base64.getDecoder().decode(expected.window()));
      } else if (expected.bytes() == text) { // no escapes
        assertThat(isLongBase64(expected)).isFalse();
      }
    }
  }

  private static JsonText text(JsonObject request, int row) {
    JsonArray rows = (JsonArray) request.members().get(0).value();
    return (JsonText) ((JsonObject) rows.values().get(row)).members().get(0).value();
  }

  private static boolean isLongBase64(JsonText text) {
    try {
      Base64.getDecoder().decode(text.window());
      return text.to() - text.from() >= 1024;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void whatIsFoundIsWhatTheJdkDecodes(long seed) throws JsonException {
    Random random = new Random(seed);
    for (int i = 0; i < 60; i++) {
      byte[] bytes =
          new byte[random.nextInt(4) == 0 ? random.nextInt(300_000) : random.nextInt(2000)];
      random.nextBytes(bytes);
      Base64.Encoder encoder = Base64.getEncoder();
      String encoded =
          (random.nextBoolean() ? encoder : encoder.withoutPadding()).encodeToString(bytes);
      check(encoded, random.nextInt(6), seed + i);
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void whatIsNoBase64IsLeftToTheParser(long seed) throws JsonException {
    Random random = new Random(seed);
    String[] faults = {"=", "==", " ", "-", "_", "%", "\u00e4", "=A", "A=", "\\/", "\\n", ""};
    for (int i = 0; i < 200; i++) {
      byte[] bytes = new byte[700 + random.nextInt(300)];
      random.nextBytes(bytes);
      String encoded = Base64.getEncoder().encodeToString(bytes);
      int place =
          random.nextBoolean()
              ? encoded.length() - random.nextInt(6)
              : random.nextInt(encoded.length());
      String fault = faults[random.nextInt(faults.length)];
      int cut = random.nextInt(3);
      check(
          encoded.substring(0, place)
              + fault
              + encoded.substring(Math.min(place + cut, encoded.length())),
          random.nextInt(4),
          seed + i);
    }
  }

  @Test
  void manyTextsHaveEachTheirOwnBytes() throws JsonException {
    StringBuilder rows = new StringBuilder("[");
    for (int row = 0; row < 50; row++) {
      byte[] bytes = new byte[1000 + row * 37];
      Arrays.fill(bytes, (byte) row);
      rows.append(row == 0 ? "" : ",").append("{\"b64\":\"");
      rows.append(Base64.getEncoder().encodeToString(bytes)).append("\"}");
    }
    byte[] text = rows.append(']').toString().getBytes(StandardCharsets.US_ASCII);
    Base64Ahead ahead = new Base64Ahead(new ByteArrays(2));
    ahead.look(text, text.length, text.length);

    JsonArray parsed = (JsonArray) JsonParser.parse(text, text.length, ahead, 1000);
    for (int row = 0; row < 50; row++) {
      JsonText found = (JsonText) ((JsonObject) parsed.values().get(row)).members().get(0).value();
      byte[] bytes = new byte[1000 + row * 37];
      Arrays.fill(bytes, (byte) row);
      assertThat(found.decoded()).isEqualTo(ByteBuffer.wrap(bytes));
    }
  }
}
