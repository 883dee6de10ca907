package io.rankline.io.record;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import io.rankline.feature.DType;
import io.rankline.feature.FeatureSpec;
import io.rankline.feature.FixedLenFeature;
import io.rankline.feature.LabelSpec;
import io.rankline.feature.RaggedFeature;
import io.rankline.feature.RecordSpec;
import io.rankline.feature.VarLenFeature;
import io.rankline.feature.WeightSpec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * Random specs, and records in every form that protobuf allows: packed or not, packed in pieces,
 * fields in any order, unknown fields and groups between them, keys that stand twice, messages in
 * two parts, empty lists and items, features that the spec does not name.
 */
public final class RandomRecords {

  private static final List<DType> DTYPES = List.of(DType.values());

  private final Random random;
  private final boolean canonical;

  RandomRecords(long seed) {
    this(seed, false);
  }

  /** Canonical records look as protobuf-java writes them; others as anything may. */
  RandomRecords(long seed, boolean canonical) {
    this.random = new Random(seed);
    this.canonical = canonical;
  }

  RecordSpec spec() {
    Map<String, FeatureSpec> context = features("c", random.nextInt(4));
    Map<String, FeatureSpec> examples = features("feature_", 1 + random.nextInt(8));
    RecordSpec spec =
        RecordSpec.of(context, examples)
            .withLabels(
                LabelSpec.of("utility", FixedLenFeature.int64(1).withDefault(-1)),
                LabelSpec.of("clicks", FixedLenFeature.float32(1).withDefault(-1f)));
    FixedLenFeature one = FixedLenFeature.float32(1).withDefault(1f);
    return switch (random.nextInt(3)) {
      case 0 -> spec;
      case 1 -> spec.withWeight(WeightSpec.perItem("item_weight", one));
      default -> spec.withWeight(WeightSpec.perList("list_weight", one));
    };
  }

  private Map<String, FeatureSpec> features(String prefix, int count) {
    Map<String, FeatureSpec> features = new TreeMap<>();
    for (int i = 0; i < count; i++) {
      DType dtype = DTYPES.get(random.nextInt(3));
      int width = 1 + random.nextInt(3);
      features.put(
          prefix + i,
          switch (random.nextInt(5)) {
            case 0 -> new VarLenFeature(dtype);
            case 1 -> new RaggedFeature(dtype);
            default -> fixed(dtype, width);
          });
    }
    return features;
  }

  private static FixedLenFeature fixed(DType dtype, int width) {
    return switch (dtype) {
      case FLOAT32 -> FixedLenFeature.float32(width).withDefault(-7.5f);
      case INT64 -> FixedLenFeature.int64(width).withDefault(-7);
      case STRING -> FixedLenFeature.string(width).withDefault("söme");
    };
  }

  byte[] elwc(RecordSpec spec) {
    Map<String, FeatureSpec> examples = allExamples(spec);
    Map<String, FeatureSpec> context = new TreeMap<>(spec.context());
    WeightSpec weight = spec.weight();
    if (weight != null && weight.scope() == io.rankline.data.WeightLayout.PER_LIST) {
      context.put(weight.name(), weight.feature());
    }
    List<byte[]> fields = new ArrayList<>();
    int size = random.nextInt(4) == 0 ? 0 : 1 + random.nextInt(6);
    for (int i = 0; i < size; i++) {
      fields.add(message(1, example(examples)));
    }
    if (random.nextBoolean()) {
      fields.add(random.nextInt(fields.size() + 1), message(2, example(context)));
      if (!canonical && random.nextInt(4) == 0) {
        fields.add(message(2, example(context)));
      }
    }
    return joinWithNoise(fields, false);
  }

  private static Map<String, FeatureSpec> allExamples(RecordSpec spec) {
    return new TreeMap<>(spec.labelsAsFeatures().examples());
  }

  byte[] example(Map<String, FeatureSpec> features) {
    List<byte[]> entries = new ArrayList<>();
    features.forEach(
        (name, feature) -> {
          if (random.nextInt(5) > 0) {
            entries.add(message(1, entry(name, feature(feature))));
          }
        });
    if (random.nextInt(3) == 0) {
      entries.add(message(1, entry("unasked", feature(fixed(DType.FLOAT32, 2)))));
      entries.add(message(1, entry("x", feature(new VarLenFeature(DType.STRING)))));
    }
    if (!canonical) {
      features.forEach(
          (name, feature) -> {
            if (random.nextInt(20) == 0) {
              entries.add(message(1, entry(name, feature(feature))));
            }
            if (random.nextInt(40) == 0) {
              entries.add(message(1, entry(name, new byte[0])));
            }
          });
      if (random.nextBoolean()) {
        Collections.shuffle(entries, random);
      }
      if (random.nextInt(10) == 0 && entries.size() > 1) {
        byte[] first = joinWithNoise(entries.subList(0, 1), false);
        byte[] rest = joinWithNoise(entries.subList(1, entries.size()), false);
        return joinWithNoise(List.of(message(1, first), message(1, rest)), false);
      }
    }
    return joinWithNoise(List.of(message(1, joinWithNoise(entries, false))), false);
  }

  private byte[] entry(String name, byte[] feature) {
    byte[] key = message(1, name.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    if (canonical) {
      return joinWithNoise(List.of(key, message(2, feature)), false);
    }
    return switch (random.nextInt(12)) {
      case 0 -> joinWithNoise(List.of(message(2, feature), key), false);
      case 1 ->
          joinWithNoise(List.of(message(1, new byte[] {'?'}), key, message(2, feature)), false);
      case 2 -> joinWithNoise(List.of(key, message(2, new byte[0]), message(2, feature)), false);
      default -> joinWithNoise(List.of(key, message(2, feature)), true);
    };
  }

  private byte[] feature(FeatureSpec spec) {
    int count =
        spec instanceof FixedLenFeature fixed
            ? fixed.width()
            : random.nextInt(3) == 0 ? 0 : random.nextInt(20);
    if (!canonical && random.nextInt(30) == 0) {
      return new byte[0];
    }
    int field =
        switch (spec.dtype()) {
          case STRING -> 1;
          case FLOAT32 -> 2;
          case INT64 -> 3;
        };
    List<byte[]> parts = new ArrayList<>();
    if (!canonical && random.nextInt(10) == 0) {
      int other = 1 + field % 3; // replaced by what follows
      parts.add(message(other, new byte[0]));
    }
    int first = canonical || random.nextInt(8) > 0 ? count : random.nextInt(count + 1);
    parts.add(message(field, values(spec.dtype(), first)));
    if (first < count) {
      parts.add(message(field, values(spec.dtype(), count - first)));
    }
    return joinWithNoise(parts, true);
  }

  private byte[] values(DType dtype, int count) {
    List<byte[]> parts = new ArrayList<>();
    boolean packed = dtype != DType.STRING && (canonical || random.nextInt(4) > 0);
    ByteArrayOutputStream run = new ByteArrayOutputStream();
    for (int v = 0; v < count; v++) {
      byte[] value = value(dtype);
      if (packed) {
        run.writeBytes(value);
        if (!canonical && random.nextInt(6) == 0) {
          parts.add(message(1, run.toByteArray()));
          run.reset();
        }
      } else if (dtype == DType.STRING) {
        parts.add(message(1, value));
      } else {
        int wireType =
            dtype == DType.FLOAT32 ? WireFormat.WIRETYPE_FIXED32 : WireFormat.WIRETYPE_VARINT;
        parts.add(concat(varint(8L + wireType), value));
      }
    }
    if (packed && (run.size() > 0 || (canonical && count > 0))) {
      parts.add(message(1, run.toByteArray()));
    }
    return joinWithNoise(parts, true);
  }

  private byte[] value(DType dtype) {
    return switch (dtype) {
      case FLOAT32 -> {
        float value =
            switch (random.nextInt(6)) {
              case 0 -> 0f;
              case 1 -> -0f;
              case 2 -> Float.POSITIVE_INFINITY;
              case 3 -> Float.MIN_VALUE;
              default -> (float) random.nextGaussian();
            };
        int bits = Float.floatToRawIntBits(value);
        yield new byte[] {
          (byte) bits, (byte) (bits >> 8), (byte) (bits >> 16), (byte) (bits >> 24)
        };
      }
      case INT64 ->
          varint(
              switch (random.nextInt(5)) {
                case 0 -> -1L;
                case 1 -> Long.MIN_VALUE;
                case 2 -> random.nextLong();
                default -> random.nextInt(5);
              });
      case STRING -> {
        byte[] bytes = new byte[random.nextInt(4) == 0 ? 0 : random.nextInt(30)];
        random.nextBytes(bytes);
        yield bytes;
      }
    };
  }

  /** The parts one after the other, with unknown fields before, between and behind. */
  private byte[] joinWithNoise(List<byte[]> parts, boolean quiet) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      if (!canonical && random.nextInt(quiet ? 60 : 25) == 0) {
        all.writeBytes(unknownField());
      }
      all.writeBytes(part);
    }
    if (!canonical && random.nextInt(quiet ? 60 : 25) == 0) {
      all.writeBytes(unknownField());
    }
    return all.toByteArray();
  }

  private byte[] unknownField() {
    int field = 4 + random.nextInt(3000);
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      CodedOutputStream out = CodedOutputStream.newInstance(bytes);
      switch (random.nextInt(5)) {
        case 0 -> out.writeInt64(field, random.nextLong());
        case 1 -> out.writeFixed64(field, random.nextLong());
        case 2 -> out.writeFixed32(field, random.nextInt());
        case 3 -> out.writeByteArray(field, new byte[random.nextInt(200)]);
        default -> {
          out.writeTag(field, WireFormat.WIRETYPE_START_GROUP);
          out.writeInt64(1, random.nextInt());
          out.writeTag(7, WireFormat.WIRETYPE_START_GROUP);
          out.writeTag(7, WireFormat.WIRETYPE_END_GROUP);
          out.writeTag(field, WireFormat.WIRETYPE_END_GROUP);
        }
      }
      out.flush();
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A length-delimited field. */
  static byte[] message(int field, byte[] content) {
    return concat(
        concat(varint(field * 8L + WireFormat.WIRETYPE_LENGTH_DELIMITED), varint(content.length)),
        content);
  }

  static byte[] varint(long value) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      bytes.write((int) ((rest & 0x7f) | 0x80));
      rest >>>= 7;
    }
    bytes.write((int) rest);
    return bytes.toByteArray();
  }

  public static byte[] concat(byte[] left, byte[] right) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(left);
    all.writeBytes(right);
    return all.toByteArray();
  }
}
