package io.rankline.spark.evaluation;

import io.rankline.data.RankingList;
import io.rankline.feature.RecordSpec;
import io.rankline.io.CorruptRecordException;
import io.rankline.io.CorruptRecordPolicy;
import io.rankline.io.QueriesAcrossFiles;
import io.rankline.io.Shard;
import io.rankline.io.Storage;
import io.rankline.io.libsvm.LibSvmItem;
import io.rankline.io.libsvm.LibSvmReader;
import io.rankline.io.libsvm.LibSvmSpecLists;
import io.rankline.io.libsvm.SharedQueries;
import io.rankline.io.record.QueryName;
import io.rankline.io.record.RankingListReader;
import io.rankline.io.record.RecordDecoder;
import io.rankline.io.record.RecordFormat;
import io.rankline.io.tfrecord.TfRecordReader;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Lists of files, cut as {@link TrainingData} says, one after the other. Those of records are told
 * apart by file and record, from 0, those of LibSVM files by file and query.
 */
final class ModelLists {

  private ModelLists() {}

  /**
   * Which list it is.
   *
   * @param place where it stands; no other list stands there
   * @param query what it is called: its query, as {@link TrainingData} says, or its place
   * @param slices what features of the context hold that were asked for, by their names; without
   *     those that it lacks
   */
  record Name(String place, String query, SortedMap<String, String> slices) {}

  /** Called with each list. */
  interface Taker {
    void take(Name name, RankingList list) throws IOException;
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
    read(records, pattern, data, List.of(), taker);
  }

  /**
   * As {@link #read(RecordSpec, String, TrainingData, Taker)}.
   *
   * @param slices features of the context that are asked for; of records alone
   */
  static void read(
      RecordSpec records, String pattern, TrainingData data, List<String> slices, Taker taker)
      throws IOException {
    for (Shard file : shards(pattern, data)) {
      read(records, file, data, slices, taker);
    }
  }

  /**
   * The files that a pattern names; those that have queries in common as one.
   *
   * @throws IOException if there is none, or one cannot be read
   */
  static List<Shard> shards(String pattern, TrainingData data) throws IOException {
    Storage storage = Storage.ofClassPath();
    List<Shard> files = storage.shards(pattern);
    if (data.records() == null) {
      data.layout().requireFor(pattern, files.size());
    }
    return data.records() == null
            && data.layout().queryFile() == null
            && data.acrossFiles() == QueriesAcrossFiles.JOIN
        ? SharedQueries.joined(storage, files, pattern)
        : files;
  }

  /** Reads one of them. */
  static void read(RecordSpec records, Shard file, TrainingData data, Taker taker)
      throws IOException {
    read(records, file, data, List.of(), taker);
  }

  private static void read(
      RecordSpec records, Shard file, TrainingData data, List<String> slices, Taker taker)
      throws IOException {
    RecordFormat format = data.records();
    if (format == null) {
      readLibSvm(file, data, new LibSvmSpecLists(records, data.listSize()), taker);
    } else {
      List<QueryName> asked = slices.stream().map(name -> new QueryName(format, name)).toList();
      readRecords(file, format, data, asked, format.decoder(records, data.listSize()), taker);
    }
  }

  private static void readRecords(
      Shard file,
      RecordFormat format,
      TrainingData data,
      List<QueryName> slices,
      RecordDecoder decoder,
      Taker taker)
      throws IOException {
    QueryName query = data.query() == null ? null : new QueryName(format, data.query());
    String name = file.path();
    try (TfRecordReader records =
            new TfRecordReader(Storage.ofClassPath().open(file), name, CorruptRecordPolicy.FAIL);
        RankingListReader reader = new RankingListReader(records, decoder)) {
      int record = 0;
      for (RankingList list = reader.next(); list != null; list = reader.next()) {
        String place = name + ": record " + record++;
        String found = query == null ? null : query.of(records);
        try {
          list.withUsableWeights();
        } catch (IllegalArgumentException e) {
          records.reject(new CorruptRecordException(String.valueOf(e.getMessage()), e));
        }
        SortedMap<String, String> values = new TreeMap<>();
        for (QueryName slice : slices) {
          String value = slice.of(records);
          if (value != null) {
            values.put(slice.feature(), value);
          }
        }
        taker.take(new Name(place, found == null ? place : found, values), list);
      }
    }
  }

  private static void readLibSvm(Shard file, TrainingData data, LibSvmSpecLists maker, Taker taker)
      throws IOException {
    Map<Long, List<LibSvmItem>> queries =
        LibSvmReader.readQueries(
            Storage.ofClassPath(), file, data.layout(), CorruptRecordPolicy.FAIL, fault -> {});
    for (Map.Entry<Long, List<LibSvmItem>> query : queries.entrySet()) {
      String place = file.path() + ": query " + query.getKey();
      taker.take(
          new Name(
              place,
              data.query() == null ? place : String.valueOf(query.getKey()),
              new TreeMap<>()),
          maker.list(query.getValue()));
    }
  }
}
