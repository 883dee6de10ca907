package io.rankline.spark.cli;

import io.rankline.config.OpenRun;
import io.rankline.config.RunConfig;
import io.rankline.config.SyntheticSection;
import io.rankline.feature.RecordSpec;
import io.rankline.io.CorruptRecordPolicy;
import io.rankline.io.DatasetReader;
import io.rankline.io.Folder;
import io.rankline.io.QueriesAcrossFiles;
import io.rankline.io.RecordFiles;
import io.rankline.io.Storage;
import io.rankline.io.libsvm.LibSvmLayout;
import io.rankline.io.record.RecordFormat;
import io.rankline.spark.convert.DataFormat;
import io.rankline.spark.convert.DataInput;
import io.rankline.spark.inspect.ColumnNames;
import io.rankline.spark.inspect.DraftNames;
import io.rankline.spark.inspect.FeatureProfile;
import io.rankline.spark.inspect.FileScan;
import io.rankline.spark.inspect.FilesProfile;
import io.rankline.spark.inspect.RunDraft;
import io.rankline.spark.inspect.SpecDraft;
import io.rankline.spark.synthetic.SyntheticData;
import io.rankline.spark.terminal.UsageException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The run of a configuration. Of one without a model, the rest is chosen by what its data looks
 * like, once: it is written to the model_dir, and found there by later runs.
 *
 * @param run what is run
 * @param configuration file that says it
 * @param settings in the place of the file's values
 */
record ChosenRun(RunConfig run, Path configuration, List<String> settings) {

  private static final String FILE = "chosen.conf";

  /**
   * Reads a configuration, and chooses what it leaves open.
   *
   * @param out is told what was chosen
   */
  static ChosenRun load(Path configuration, List<String> settings, PrintWriter out)
      throws Exception {
    Optional<OpenRun> open = OpenRun.load(configuration, settings);
    return open.isEmpty()
        ? new ChosenRun(RunConfig.load(configuration, settings), configuration, settings)
        : choose(open.get(), out);
  }

  private static ChosenRun choose(OpenRun open, PrintWriter out) throws Exception {
    Storage storage = Storage.ofClassPath();
    Folder folder = storage.folder(open.modelDir());
    String file = folder.path() + "/" + FILE;
    RunConfig run;
    if (folder.has(FILE)) {
      run = open.with(read(folder), file);
      out.printf("found what was chosen in %s; delete that file to choose anew%n", file);
    } else {
      Optional<SyntheticSection> made = open.synthetic();
      if (made.isPresent()) {
        SyntheticData.make(storage.configuration(), made.get());
      }
      Chosen chosen = chosen(open, storage);
      run = open.with(chosen.text(), "what was chosen");
      byte[] text = run.text().getBytes(StandardCharsets.UTF_8);
      folder.create();
      folder.write(FILE, to -> to.write(text));
      out.printf("chosen by what the data looks like; all of it is in %s%n", file);
      chosen.reasons().forEach(line -> out.println("  " + line));
    }
    out.flush();
    // Processes and threads that train parts of it read a file.
    Path local = Files.createTempFile("rankline-chosen", ".conf");
    local.toFile().deleteOnExit();
    Files.writeString(local, run.text());
    return new ChosenRun(run, local, List.of());
  }

  /** The sections data, model and pipeline, and why they are so. */
  private record Chosen(String text, List<String> reasons) {}

  private static Chosen chosen(OpenRun open, Storage storage) throws Exception {
    RecordFiles files = storage.recordFiles();
    String table = open.data("train_input");
    String pattern = open.data("train_input_pattern");
    String source = table == null ? pattern : table;
    if (source == null) {
      throw new UsageException(
          "there is no model { ... }, and no data.train_input or data.train_input_pattern to"
              + " choose one by");
    }
    boolean lines = DatasetReader.LIBSVM.wireName().equals(open.data("dataset_reader"));
    boolean items = lines || (table != null && DataInput.isItems(table, files));
    InspectedData data = items ? items(open, files, lines, source) : records(open, files, source);
    FilesProfile profile = data.profile();
    if (profile.lists() == 0) {
      throw new IOException("'%s' holds no list that can be read".formatted(source));
    }
    String query = data.query(open.data("group_column"));
    RecordSpec given = open.records();
    RunDraft draft =
        new RunDraft(
            profile,
            data.sample(),
            data.format(),
            DraftNames.of(query, label(open, profile), profile, open.modelDir()),
            data.unread(),
            data.items() != null && data.items().format().isTable(),
            given);
    List<String> input = table == null ? List.of() : data.input(source, query);
    return new Chosen(draft.text(source, input), draft.reasons());
  }

  private static InspectedData items(OpenRun open, RecordFiles files, boolean lines, String source)
      throws IOException {
    String zeroBased = open.data("zero_based");
    String across = open.data("queries_across_files");
    DataInput input =
        DataInput.parse(
                lines ? "libsvm:" + source : source,
                null,
                DataFormat.ELWC,
                open.inputOptions(),
                files)
            .withLayout(new LibSvmLayout("true".equals(zeroBased), open.data("query_file")));
    if (across != null) {
      input = input.withQueriesAcrossFiles(QueriesAcrossFiles.ofWireName(across));
    }
    // Stays: the training makes its lists with it.
    LocalSession.open("rankline train");
    return InspectedData.ofItems(
        input, open.data("group_column"), open.label(), policy(open), RunDraft.SAMPLE);
  }

  private static InspectedData records(OpenRun open, RecordFiles files, String source)
      throws Exception {
    String named = open.data("format");
    String plain = source.replaceFirst("^(elwc|eie|seq|tfexample):(?!//)", "");
    if (plain.length() < source.length()) {
      named = source.substring(0, source.length() - plain.length() - 1);
    }
    return InspectedData.ofRecords(
        new FileScan(files, files.list(plain)),
        named == null ? null : RecordFormat.ofName(named),
        policy(open),
        Runtime.getRuntime().availableProcessors(),
        RunDraft.SAMPLE);
  }

  private static CorruptRecordPolicy policy(OpenRun open) {
    String named = open.data("on_corrupt_record");
    return named == null ? CorruptRecordPolicy.FAIL : CorruptRecordPolicy.ofWireName(named);
  }

  private static String label(OpenRun open, FilesProfile profile) {
    String named = open.label();
    String label =
        named == null
            ? ColumnNames.label(name -> SpecDraft.canBeLabel(profile.examples().get(name)))
            : named;
    FeatureProfile labels = label == null ? null : profile.examples().get(label);
    if (label == null || labels == null || !SpecDraft.canBeLabel(labels)) {
      throw new UsageException(
          "data.features.label.name must name the label, one number an item, one of %s"
              .formatted(String.join(", ", profile.examples().keySet())));
    }
    SpecDraft.requireDifferences(label, labels);
    return label;
  }

  private static String read(Folder folder) throws IOException {
    try (InputStream in = folder.open(FILE)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
