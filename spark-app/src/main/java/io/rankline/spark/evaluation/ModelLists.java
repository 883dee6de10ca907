package io.rankline.spark.evaluation;

import io.rankline.data.RankingList;
import io.rankline.feature.RecordSpec;
import io.rankline.io.CorruptRecordPolicy;
import io.rankline.io.RecordFiles;
import io.rankline.io.Storage;
import io.rankline.io.libsvm.LibSvmItem;
import io.rankline.io.libsvm.LibSvmReader;
import io.rankline.io.libsvm.LibSvmSpecLists;
import io.rankline.io.record.RankingListReader;
import io.rankline.io.record.RecordFormat;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.FileStatus;

/**
 * Lists of files, cut as {@link TrainingData} says, one after the other. Those of records are named
 * after file and record, from 0, those of LibSVM files after file and query.
 */
final class ModelLists {

  private ModelLists() {}

  /** Called with each list. */
  interface Taker {
    void take(String name, RankingList list) throws IOException;
  }

  /**
   * Reads files.
   *
   * @param records what a record holds
   * @param pattern files, by paths, folders or globs
   * @param data how they are read
   * @throws IOException if the data cannot be read
   */
  static void read(RecordSpec records, String pattern, TrainingData data, Taker taker)
      throws IOException {
    RecordFiles files = Storage.ofClassPath().recordFiles();
    for (FileStatus file : files.list(pattern)) {
      RecordFormat format = data.records();
      if (format == null) {
        readLibSvm(files, file, new LibSvmSpecLists(records, data.listSize()), taker);
      } else {
        try (RankingListReader reader =
            RankingListReader.open(
                files,
                file.getPath(),
                format.decoder(records, data.listSize()),
                CorruptRecordPolicy.FAIL,
                fault -> {})) {
          int record = 0;
          for (RankingList list = reader.next(); list != null; list = reader.next()) {
            taker.take(file.getPath() + ": record " + record++, list);
          }
        }
      }
    }
  }

  private static void readLibSvm(
      RecordFiles files, FileStatus file, LibSvmSpecLists maker, Taker taker) throws IOException {
    String name = file.getPath().toString();
    try (LibSvmReader reader =
        new LibSvmReader(files.open(file.getPath()), name, CorruptRecordPolicy.FAIL, fault -> {})) {
      for (Map.Entry<Long, List<LibSvmItem>> query : reader.readQueries().entrySet()) {
        taker.take(name + ": query " + query.getKey(), maker.list(query.getValue()));
      }
    }
  }
}
