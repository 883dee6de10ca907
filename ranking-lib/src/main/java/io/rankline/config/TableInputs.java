package io.rankline.config;

import io.rankline.text.Faults;
import io.rankline.text.Option;
import io.rankline.text.Texts;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The part of the section {@code data} that says of which tables the lists are made. A row is an
 * item. Lists are made once, as ELWC files below {@code lists_dir}, and then found; Spark reads the
 * tables.
 */
public record TableInputs(
    @Option(
            filled = "must be FORMAT:LOCATION, as parquet:hdfs://logs/items, or be left out",
            meaning =
                "a table with a row an item to make the training data of, in place of"
                    + " train_input_pattern: FORMAT:LOCATION, where FORMAT is csv, parquet, table"
                    + " (of the catalog) or any source on Spark's class path, as orc, avro, jdbc")
        @Nullable String trainInput,
    @Option(
            filled = "must be FORMAT:LOCATION or be left out",
            meaning =
                "the same of the validation data; without it, split takes them from train_input")
        @Nullable String validInput,
    @Option(
            filled = "must be FORMAT:LOCATION or be left out",
            meaning = "the same of the test data; goes with valid_input")
        @Nullable String testInput,
    @Option(
            meaning =
                "shares of the queries of train_input that train, validate and test; train = 0.8,"
                    + " valid = 0.1, test = 0.1 by default. The part of a query is a hash of it")
        @Nullable SortedMap<String, Double> split,
    @Option(
            filled = "must name a column",
            meaning = "the column that tells queries apart; needed with train_input")
        @Nullable String groupColumn,
    @Option(
            form = Texts.class,
            meaning = "options of Spark's source, as { sep = \";\" } or { dbtable = items }")
        @Nullable SortedMap<String, String> inputOptions,
    @Option(
            filled = "must be a folder",
            meaning =
                "where the lists go that are made of tables; lists below model_dir by default")
        @Nullable String listsDir) {

  private static final String TRAIN = "train";
  private static final String VALID = "valid";
  private static final String TEST = "test";

  /** In the order in which queries are dealt out. */
  private static final List<String> PARTS = List.of(TRAIN, VALID, TEST);

  private static final SortedMap<String, Double> DEFAULT_SPLIT =
      Collections.unmodifiableSortedMap(new TreeMap<>(Map.of(TRAIN, 0.8, VALID, 0.1, TEST, 0.1)));

  private static final double ROUNDING = 1e-6;

  public TableInputs {
    SortedMap<String, Double> shares = split == null ? new TreeMap<>() : new TreeMap<>(split);
    Set<String> parts = shares.keySet();
    double sum = shares.values().stream().mapToDouble(Double::doubleValue).sum();
    Faults.in(
            TableInputs.class,
            trainInput,
            validInput,
            testInput,
            split,
            groupColumn,
            inputOptions,
            listsDir)
        .addUnless(
            trainInput == null || groupColumn != null,
            "group_column",
            "must name the column that tells the queries of train_input apart")
        .addUnless(
            trainInput != null || (validInput == null && testInput == null),
            "train_input",
            "must be there where valid_input or test_input is")
        .addUnless(
            validInput == null || split == null,
            "split",
            "must be left out with valid_input, which says what to validate with")
        .addUnless(
            testInput == null || validInput != null,
            "test_input",
            "needs valid_input; without it, split takes the test data from train_input")
        .addUnless(
            parts.isEmpty()
                || (PARTS.containsAll(parts) && parts.contains(TRAIN) && parts.contains(VALID)),
            "split",
            "must have shares of train, valid and, if wanted, test, got %s",
            parts)
        .addUnless(
            shares.values().stream().allMatch(share -> share > 0)
                && (parts.isEmpty() || Math.abs(sum - 1) < ROUNDING),
            "split",
            "must have shares above 0 that sum to 1, got %s",
            shares)
        .orThrow();
  }

  /** Options of Spark's source by name. */
  @Override
  public SortedMap<String, String> inputOptions() {
    return inputOptions == null
        ? Collections.emptySortedMap()
        : Collections.unmodifiableSortedMap(inputOptions);
  }

  /** Shares of train, valid and maybe test; none where parts have tables of their own. */
  @Override
  public SortedMap<String, Double> split() {
    if (trainInput == null || validInput != null) {
      return Collections.emptySortedMap();
    }
    return split == null ? DEFAULT_SPLIT : Collections.unmodifiableSortedMap(split);
  }

  /** Whether there is a table at all. */
  public boolean isPresent() {
    return trainInput != null;
  }

  /** The same with its lists in a folder of that place where none is named. */
  TableInputs below(String modelDir) {
    return new TableInputs(
        trainInput,
        validInput,
        testInput,
        split,
        groupColumn,
        inputOptions,
        listsDir == null ? modelDir + "/lists" : listsDir);
  }

  /** Folder of the lists to train on. */
  public String trainLists() {
    return listsDir + "/" + TRAIN;
  }

  /** Folder of the lists to validate with. */
  public String validLists() {
    return listsDir + "/" + VALID;
  }

  /** Folder of the lists to test with, or null for none. */
  public @Nullable String testLists() {
    return testInput != null || split().containsKey(TEST) ? listsDir + "/" + TEST : null;
  }

  /** {@code train=0.8,valid=0.1,test=0.1}; empty where parts have tables of their own. */
  public String splitText() {
    return PARTS.stream()
        .filter(part -> split().containsKey(part))
        .map(part -> part + "=" + split().get(part))
        .collect(Collectors.joining(","));
  }
}
