package io.rankline.io;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MaskedCrcTest {

  @Test
  void theChecksumIsTheMaskedCastagnoliOne() {
    byte[] digits = "123456789".getBytes(UTF_8);

    // crc32c("123456789") = 0xe3069283 is the check value of the polynomial's catalogue entry
    assertThat(MaskedCrc.mask(0xe3069283)).isEqualTo(0xc78ab0e5);
    assertThat(new MaskedCrc().of(digits, 0, digits.length)).isEqualTo(0xc78ab0e5);
  }
}
