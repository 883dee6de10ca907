package io.rankline.pipeline.benchmark;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/**
 * A data set of LibSVM files, {@code train.txt.gz} and {@code test.txt.gz}, whose every fifth
 * training query in the order of the file is kept for validation.
 *
 * @param train queries to train on
 * @param valid queries to choose the epoch by
 * @param test queries that nothing is chosen by
 * @param features largest id of a feature in any of them
 */
record LetorSplit(Path train, Path valid, Path test, int features) {

  private static final int VALID_EVERY = 5;

  /**
   * Splits the training queries of a folder.
   *
   * @param work gets the two files
   */
  static LetorSplit of(Path folder, Path work) throws IOException {
    Path train = work.resolve("train.txt");
    Path valid = work.resolve("valid.txt");
    Path test = folder.resolve("test.txt.gz");
    int features = largestId(test);
    Files.createDirectories(work);
    try (BufferedReader lines = open(folder.resolve("train.txt.gz"));
        BufferedWriter trainOut = Files.newBufferedWriter(train);
        BufferedWriter validOut = Files.newBufferedWriter(valid)) {
      String last = "";
      int queries = 0;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String query = line.split(" ", 3)[1];
        if (!query.equals(last)) {
          queries++;
          last = query;
        }
        BufferedWriter out = queries % VALID_EVERY == 0 ? validOut : trainOut;
        out.write(line);
        out.newLine();
        features = Math.max(features, largestId(line));
      }
    }
    return new LetorSplit(train, valid, test, features);
  }

  private static int largestId(Path file) throws IOException {
    int largest = 0;
    try (BufferedReader lines = open(file)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        largest = Math.max(largest, largestId(line));
      }
    }
    return largest;
  }

  /** Ids of a line ascend. */
  private static int largestId(String line) {
    int comment = line.indexOf('#');
    String values = line.substring(0, comment < 0 ? line.length() : comment);
    int colon = values.lastIndexOf(':');
    return Integer.parseInt(values.substring(values.lastIndexOf(' ', colon) + 1, colon));
  }

  private static BufferedReader open(Path file) throws IOException {
    return new BufferedReader(
        new InputStreamReader(
            new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8));
  }
}
