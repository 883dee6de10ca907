package io.rankline.model.kernel.packed;

/** How a processor multiplies. */
public enum Way {
  /** Vectors of 16 floats: AVX-512. */
  FLOATS(1, "avx512f"),

  /** AVX512_BF16: vectors of 32. AMD since Zen 4, Intel since Cooper Lake. */
  VECTORS(2, "avx512_bf16"),

  /** AMX: tiles of 16 by 32. Intel since Sapphire Rapids. */
  TILES(3, "amx_bf16"),

  /** Tiles in plain C: for tests of the order of tiles on processors without them. */
  TILES_IN_C(4, "tiles in C");

  private final int code;
  private final String flag;

  Way(int code, String flag) {
    this.code = code;
    this.flag = flag;
  }

  /** The processor's flag in /proc/cpuinfo. */
  public String flag() {
    return flag;
  }

  /** Whether it multiplies bfloat16. */
  public boolean isBfloat16() {
    return this != FLOATS;
  }

  /** In {@code products.c}. */
  int code() {
    return code;
  }

  static Way ofCode(int code) {
    for (Way way : values()) {
      if (way.code == code) {
        return way;
      }
    }
    throw new IllegalArgumentException("there is no way " + code + " of multiplying");
  }
}
