package io.rankline.spark.testing;

import com.google.protobuf.ByteString;
import com.google.protobuf.MessageLite;
import io.rankline.io.Compression;
import io.rankline.io.CorruptRecordPolicy;
import io.rankline.io.RecordInput;
import io.rankline.io.proto.BytesList;
import io.rankline.io.proto.Example;
import io.rankline.io.proto.ExampleListWithContext;
import io.rankline.io.proto.Feature;
import io.rankline.io.proto.Features;
import io.rankline.io.proto.FloatList;
import io.rankline.io.proto.Int64List;
import io.rankline.io.tfrecord.TfRecordReader;
import io.rankline.io.tfrecord.TfRecordWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;

/** TFRecord files of a few records, and the messages to put in. */
public final class RecordFile {

  private RecordFile() {}

  /** A new file of these records, compressed as its name says. */
  public static Path write(Path file, MessageLite... records) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Compression compression = Compression.ofFileName(file.getFileName().toString());
      try (TfRecordWriter writer =
          new TfRecordWriter(compression.compress(Files.newOutputStream(file)))) {
        for (MessageLite record : records) {
          writer.write(record.toByteArray());
        }
      }
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Every record of the files of a folder, by the names of files, or of one file. */
  public static List<ExampleListWithContext> read(Path fileOrFolder) {
    List<ExampleListWithContext> records = new ArrayList<>();
    for (byte[] record : readBytes(fileOrFolder)) {
      try {
        records.add(ExampleListWithContext.parseFrom(record));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return records;
  }

  /** The bytes of every record. */
  public static List<byte[]> readBytes(Path fileOrFolder) {
    List<byte[]> records = new ArrayList<>();
    for (Path file : files(fileOrFolder)) {
      try (TfRecordReader reader =
          new TfRecordReader(
              new RecordInput(Files.newInputStream(file)),
              file.toString(),
              CorruptRecordPolicy.FAIL)) {
        while (reader.advance()) {
          records.add(reader.copy());
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return records;
  }

  /** The data files below a folder, sorted. */
  public static List<Path> files(Path fileOrFolder) {
    try (Stream<Path> found = Files.walk(fileOrFolder)) {
      return found
          .filter(Files::isRegularFile)
          .filter(file -> !file.getFileName().toString().matches("[._].*"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A record. */
  public static ExampleListWithContext elwc(Example context, Example... items) {
    ExampleListWithContext.Builder record = ExampleListWithContext.newBuilder();
    record.addAllExamples(List.of(items));
    if (context.getFeatures().getFeatureCount() > 0) {
      record.setContext(context);
    }
    return record.build();
  }

  /** An Example of features by turns of name and {@link Feature}. */
  public static Example example(Object... namesAndFeatures) {
    TreeMap<String, Feature> features = new TreeMap<>();
    for (int i = 0; i < namesAndFeatures.length; i += 2) {
      features.put((String) namesAndFeatures[i], (Feature) namesAndFeatures[i + 1]);
    }
    return Example.newBuilder().setFeatures(Features.newBuilder().putAllFeature(features)).build();
  }

  /** A feature of floats. */
  public static Feature floats(float... values) {
    FloatList.Builder list = FloatList.newBuilder();
    for (float value : values) {
      list.addValue(value);
    }
    return Feature.newBuilder().setFloatList(list).build();
  }

  /** A feature of integers. */
  public static Feature ints(long... values) {
    Int64List.Builder list = Int64List.newBuilder();
    for (long value : values) {
      list.addValue(value);
    }
    return Feature.newBuilder().setInt64List(list).build();
  }

  /** A feature of one text of these bytes. */
  public static Feature bytes(int... bytes) {
    byte[] value = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      value[i] = (byte) bytes[i];
    }
    return Feature.newBuilder()
        .setBytesList(BytesList.newBuilder().addValue(ByteString.copyFrom(value)))
        .build();
  }

  /** A feature of text. */
  public static Feature texts(String... values) {
    BytesList.Builder list = BytesList.newBuilder();
    for (String value : values) {
      list.addValue(ByteString.copyFromUtf8(value));
    }
    return Feature.newBuilder().setBytesList(list).build();
  }
}
