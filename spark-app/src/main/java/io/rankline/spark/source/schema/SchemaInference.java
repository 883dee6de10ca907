package io.rankline.spark.source.schema;

import com.google.protobuf.InvalidProtocolBufferException;
import io.rankline.io.CorruptRecordPolicy;
import io.rankline.io.RecordFiles;
import io.rankline.io.tfrecord.TfRecordReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/**
 * Learns features from a sample of records: the first ones of up to {@value #MAX_FILES} files that
 * are spread evenly over all, so that shards of different days or writers are seen.
 */
public final class SchemaInference {

  private static final int MAX_FILES = 10;

  private SchemaInference() {}

  /**
   * The features of the records in {@code files}.
   *
   * @throws IllegalArgumentException where the files hold no record, or no item, or a feature is of
   *     two types
   */
  public static RecordFeatures infer(
      Configuration configuration, List<FileStatus> files, SourceOptions options)
      throws IOException {
    RecordFiles storage = new RecordFiles(configuration);
    FeatureSurvey survey = new FeatureSurvey();
    List<Path> sample = spread(files);
    int left = options.sampleRecords();
    for (int f = 0; f < sample.size() && left > 0; f++) {
      int share = -Math.floorDiv(-left, sample.size() - f);
      left -= survey(storage, sample.get(f), share, options, survey);
    }
    if (left == options.sampleRecords()) {
      throw new IllegalArgumentException(
          "no schema can be inferred: the files hold no record (looked at %s of %s); give a spec"
              .formatted(sample.size(), files.size()));
    }
    RecordFeatures features = survey.features();
    if (features.examples().isEmpty()) {
      throw new IllegalArgumentException(
          "no schema can be inferred: no item has a feature in %s records read as %s; give a spec or another recordFormat"
              .formatted(options.sampleRecords() - left, options.recordFormat().shortName()));
    }
    return features;
  }

  private static int survey(
      RecordFiles storage, Path file, int count, SourceOptions options, FeatureSurvey survey)
      throws IOException {
    int surveyed = 0;
    try (TfRecordReader records =
        new TfRecordReader(storage.open(file), file.toString(), options.onCorruptRecord())) {
      while (surveyed < count && records.advance()) {
        String place =
            "%s: record %s at byte %s"
                .formatted(file, records.recordNumber(), records.recordPosition());
        try {
          survey.add(SampledRecord.parse(options.recordFormat(), records.copy()), place);
          surveyed++;
        } catch (InvalidProtocolBufferException e) {
          if (options.onCorruptRecord() == CorruptRecordPolicy.FAIL) {
            throw new IllegalArgumentException(
                "%s: is no %s: %s"
                    .formatted(place, options.recordFormat().wireName(), e.getMessage()),
                e);
          }
        }
      }
    }
    return surveyed;
  }

  private static List<Path> spread(List<FileStatus> files) {
    List<Path> sorted =
        files.stream()
            .filter(file -> file.getLen() > 0)
            .map(FileStatus::getPath)
            .sorted(Comparator.naturalOrder())
            .toList();
    int count = Math.min(MAX_FILES, sorted.size());
    List<Path> sample = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      sample.add(sorted.get((int) ((long) i * sorted.size() / count)));
    }
    return sample;
  }
}
