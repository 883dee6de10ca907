package io.rankline.io.record;

import io.rankline.data.ListSize;
import io.rankline.feature.RecordSpec;
import io.rankline.text.WireNames;
import java.util.Optional;

/** The record formats that ranking data comes in, all read with the same specs. */
public enum RecordFormat {
  /** ExampleListWithContext: a context Example and one Example an item. */
  ELWC("example_list_with_context", "elwc"),
  /**
   * An Example whose features {@code serialized_context} and {@code serialized_examples} hold
   * Examples.
   */
  EIE("example_in_example", "eie"),
  /**
   * SequenceExample: context features, and one feature list an example feature with a frame an
   * item.
   */
  SEQ("sequence_example", "seq"),
  /** One Example an item, context and example features together; read as lists of one item. */
  TF_EXAMPLE("tf_example", "tfexample");

  private final String wireName;
  private final String shortName;

  RecordFormat(String wireName, String shortName) {
    this.wireName = wireName;
    this.shortName = shortName;
  }

  /** TF-Ranking's key of the format. */
  public String wireName() {
    return wireName;
  }

  /** The name on the command line. */
  public String shortName() {
    return shortName;
  }

  /**
   * The format of that key or short name.
   *
   * @throws IllegalArgumentException for an unknown name; the message lists the known ones
   */
  public static RecordFormat ofName(String name) {
    for (RecordFormat format : values()) {
      if (format.wireName.equals(name)) {
        return format;
      }
    }
    return WireNames.find(
        RecordFormat.class,
        RecordFormat::shortName,
        name,
        known ->
            WireNames.unknown(
                "record format",
                name,
                WireNames.names(
                    RecordFormat.class,
                    format -> format.shortName + " (" + format.wireName + ")")));
  }

  /** The format that a record seems to have: the one in which it has features with values. */
  public static Optional<RecordFormat> guess(byte[] record) {
    return Optional.ofNullable(OtherFormat.guess(record));
  }

  /** A decoder of whole lists. */
  public RecordDecoder decoder(RecordSpec spec) {
    return decoder(spec, ListSize.ALL);
  }

  /**
   * A decoder of the first items of a list; items beyond are counted, not read.
   *
   * @throws IllegalArgumentException for a spec without example features and labels
   */
  public RecordDecoder decoder(RecordSpec spec, ListSize listSize) {
    return switch (this) {
      case ELWC -> {
        ElwcDecoder decoder = new ElwcDecoder(spec, listSize);
        yield new FormatCheckingDecoder(decoder, this, decoder::hasFeatures);
      }
      case EIE -> new EieDecoder(spec, listSize); // refuses records without the envelope's features
      case SEQ -> new FormatCheckingDecoder(new SeqDecoder(spec, listSize), this);
      case TF_EXAMPLE -> new FormatCheckingDecoder(new TfExampleDecoder(spec), this);
    };
  }
}
