package io.rankline.serving;

import io.rankline.text.WireNames;

/** The ways to call an exported model, as TensorFlow Serving names them. */
public enum SignatureName {
  /** Serialized ExampleListWithContext to the scores of each list. */
  PREDICT("predict", "tensorflow/serving/predict"),
  /** Serialized tf.Example, context and example features in one, to one score each. */
  REGRESS("regress", "tensorflow/serving/regress");

  /** The key under which one of them is called when no other is named. */
  public static final String SERVING_DEFAULT = "serving_default";

  private final String wireName;
  private final String key;

  SignatureName(String wireName, String key) {
    this.wireName = wireName;
    this.key = key;
  }

  /** The name in configuration: {@code predict} or {@code regress}. */
  public String wireName() {
    return wireName;
  }

  /** TensorFlow Serving's key. */
  public String key() {
    return key;
  }

  /**
   * The signature of that name in configuration.
   *
   * @throws IllegalArgumentException for another name; the message lists the known ones
   */
  public static SignatureName ofWireName(String wireName) {
    return WireNames.find(
        SignatureName.class,
        SignatureName::wireName,
        wireName,
        known ->
            "serving_default must be one of %s, got '%s'"
                .formatted(String.join(", ", known), wireName));
  }
}
