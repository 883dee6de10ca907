package io.rankline.io.tensor.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rankline.io.proto.BundleEntry;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TensorSliceTest {

  /** As TensorFlow 2.18 wrote it: rows 0 to 3 of dense/kernel. */
  @Test
  void aKeySaysWhichPartOfWhichTensorItIs() {
    TensorSlice slice = slice("00 64656e73652f6b65726e656c 0001 0102 80 83 80 7f");

    assertThat(slice.name()).isEqualTo("dense/kernel");
    assertThat(slice.starts()).isEqualTo(List.of(0L, 0L));
    assertThat(slice.lengths()).isEqualTo(List.of(3L, TensorSlice.ALL));
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource({
    "80, 0",
    "bf, 63",
    "c040, 64",
    "dfff, 8191",
    "e02000, 8192",
    "ef4240, 1000000",
    "fc0400000000, 17179869184",
    "7f, -1",
    "40, -64",
    "3fbf, -65"
  })
  void numbersHaveAsManyBytesAsTheyNeed(String bytes, long number) {
    assertThat(slice("00 78 0001 0101 " + bytes + "81").starts()).isEqualTo(List.of(number));
  }

  @Test
  void aNameMayHoldEveryByte() {
    assertThat(slice("00 c3a9 00ff 78 0001 0101 8081").name()).isEqualTo("\u00e9\0x");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "00",
        "00 78",
        "00 78 0001",
        "00 78 0001 0101",
        "00 78 0001 0101 80",
        "00 78 0002",
        "00 78 0001 0101 808181",
        "00 78 0001 0101 ffffffffffffffffffff81"
      })
  void whatIsNoKeyIsRefused(String key) {
    assertThatThrownBy(() -> slice(key)).isInstanceOf(RuntimeException.class);
  }

  private static TensorSlice slice(String bytes) {
    byte[] key = HexFormat.of().parseHex(bytes.replace(" ", ""));
    return TensorSlice.of(
        new String(key, StandardCharsets.ISO_8859_1), BundleEntry.getDefaultInstance());
  }
}
