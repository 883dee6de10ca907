package io.rankline.spark.training.collective;

/** Why a rank turns a connection away; the other side receives the code. */
enum Refusal {
  NONE(0, "none"),
  VERSION(1, "it speaks another version of the ring's protocol"),
  BYTE_ORDER(2, "its processor has the other byte order"),
  JOB(3, "it belongs to another job, or was given other addresses"),
  RANK(4, "it is not the rank that is due on this connection"),
  SECRET(5, "it does not know the secret of the job, or only one side has a secret");

  private final int code;
  private final String words;

  Refusal(int code, String words) {
    this.code = code;
    this.words = words;
  }

  int code() {
    return code;
  }

  /** Why, with "it" for the side that is turned away. */
  String words() {
    return words;
  }

  static Refusal ofCode(int code) {
    for (Refusal refusal : values()) {
      if (refusal.code == code) {
        return refusal;
      }
    }
    return VERSION;
  }
}
