package io.rankline.spark.cli;

import static io.rankline.spark.terminal.SizeText.megabytesPerSecond;

import io.rankline.data.synthetic.SyntheticLog;
import io.rankline.io.Compression;
import io.rankline.io.Storage;
import io.rankline.spark.storage.StagedOutput;
import io.rankline.spark.synthetic.SyntheticFiles;
import io.rankline.spark.synthetic.SyntheticRecords;
import io.rankline.spark.terminal.Progress;
import io.rankline.spark.terminal.SizeText;
import io.rankline.spark.terminal.UsageException;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code generate}: a made-up ranking log as ELWC files. Needs no Spark: threads write shards. */
@Command(
    name = "generate",
    description = {
      "Writes a made-up log of web search as ELWC: 136 features custom_features_1..136 as in"
          + " MSLR-WEB30K, label utility (0 to 4), context feature qid.",
      "A list depends on the seed and its number alone, not on shards or threads."
    })
final class GenerateCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(
      names = "--lists",
      required = true,
      paramLabel = "N",
      description = "Number of lists; 1 GB is about 1,850 of the default sizes.")
  private long lists;

  @Option(
      names = "--output",
      required = true,
      paramLabel = "DIR",
      description = "Folder to make, on any storage Hadoop opens.")
  private String output;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Seed of the log (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--shards",
      paramLabel = "N",
      defaultValue = "4",
      description = "Number of files (default: ${DEFAULT-VALUE}).")
  private int shards;

  @Option(
      names = "--max-list-size",
      paramLabel = "N",
      defaultValue = "" + SyntheticLog.DEFAULT_MAX_LIST_SIZE,
      description = "Largest number of items of a list (default: ${DEFAULT-VALUE}).")
  private int maxListSize;

  @Option(
      names = "--compression",
      paramLabel = "NAME",
      defaultValue = "none",
      description = "none, gzip or zlib (default: ${DEFAULT-VALUE}).")
  private String compression;

  @Option(
      names = "--with-true-utility",
      description = "Add example feature true_utility: the label before noise, for upper bounds.")
  private boolean withTrueUtility;

  @Option(names = "--overwrite", description = "Replace DIR where it exists.")
  private boolean overwrite;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Shards written at a time (default: the processors).")
  private int threads = Runtime.getRuntime().availableProcessors();

  GenerateCommand() {}

  @Override
  public Integer call() throws Exception {
    require(lists >= 1, "--lists must be 1 or more, got " + lists);
    require(shards >= 1, "--shards must be 1 or more, got " + shards);
    require(
        shards <= lists, "--shards must be at most --lists, %s, got %s".formatted(lists, shards));
    require(maxListSize >= 1, "--max-list-size must be 1 or more, got " + maxListSize);
    require(threads >= 1, "--threads must be 1 or more, got " + threads);
    new IdleOptions(spec)
        .refuse(
            "--threads", shards == 1 && threads > 1, "is for several --shards: a thread writes one")
        .end();
    Compression packing = UsageException.reading(() -> Compression.ofName(compression));
    Configuration configuration = Storage.ofClassPath().configuration();
    long started = System.nanoTime();
    SyntheticRecords.Counts counts;
    try (StagedOutput staged = StagedOutput.open(configuration, output, overwrite);
        Progress progress = Progress.ofSteps("generate", "lists", lists)) {
      SyntheticFiles files =
          new SyntheticFiles(
              new SyntheticLog(seed, maxListSize), withTrueUtility, packing, threads);
      counts = files.write(configuration, staged.folder(), 0, lists, shards, () -> progress.add(1));
      staged.commit();
    }
    spec.commandLine()
        .getOut()
        .printf(
            Locale.ROOT,
            "wrote %,d lists, %,d items, %s in %s files to %s (%s)%n",
            lists,
            counts.items(),
            SizeText.bytes(counts.bytes()),
            shards,
            output,
            megabytesPerSecond(counts.bytes(), System.nanoTime() - started));
    return 0;
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new UsageException(otherwise);
    }
  }
}
