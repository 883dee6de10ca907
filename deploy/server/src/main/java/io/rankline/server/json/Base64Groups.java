package io.rankline.server.json;

/** Decodes groups of four characters of base64 to three bytes each. */
interface Base64Groups {

  /**
   * Decodes from the beginning on, and stops before the first group of which a character is not in
   * the alphabet.
   *
   * @param to the end of the text; characters that make no whole group are left
   * @param out has room for three quarters of them from {@code at} on
   * @return how many characters it took, a multiple of four
   */
  int decode(byte[] text, int from, int to, byte[] out, int at);

  /** The fastest that this machine has. */
  static Base64Groups fastest() {
    return CompiledBase64.find().<Base64Groups>map(groups -> groups).orElse(PlainBase64.INSTANCE);
  }
}
