package io.rankline.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.rankline.serving.SavedRankingModel;
import io.rankline.spark.ml.NeuralRanker;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.internal.Logging;
import org.apache.spark.ml.Estimator;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import scala.Product;

/** Links, commands, Java programs and the map of rooms in the documents, against what there is. */
class DocumentsTest {

  private static final Path ROOT = Path.of("..");
  private static final Path MAP = ROOT.resolve("docs/architecture.md");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
  private static final Pattern WORD = Pattern.compile("'([^']*)'|\"([^\"]*)\"|(\\S+)");
  private static final int LONGEST_LINE = 120;
  private static final int LINES_OF_THE_MAP = 120;

  static List<Path> documents() throws IOException {
    List<Path> documents = new ArrayList<>();
    documents.add(ROOT.resolve("README.md"));
    documents.add(ROOT.resolve("CONTRIBUTING.md"));
    try (Stream<Path> pages = Files.list(ROOT.resolve("docs"))) {
      pages.filter(page -> page.toString().endsWith(".md")).sorted().forEach(documents::add);
    }
    return documents;
  }

  static List<Path> pagesWithCommands() throws IOException {
    List<Path> pages = documents();
    try (Stream<Path> runs = Files.list(ROOT.resolve("conf"))) {
      runs.sorted().forEach(pages::add);
    }
    return pages;
  }

  /** Pages whose programs are whole, imports and all. */
  static List<Path> pagesWithPrograms() {
    return List.of(
        ROOT.resolve("README.md"),
        ROOT.resolve("docs/java.md"),
        ROOT.resolve("docs/spark-ml.md"),
        ROOT.resolve("docs/formats.md"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("documents")
  void linksLeadSomewhere(Path document) throws IOException {
    Matcher link = LINK.matcher(Files.readString(document));

    while (link.find()) {
      String target = link.group(1);
      if (target.contains("://")) {
        continue;
      }
      int hash = target.indexOf('#');
      Path file =
          hash == 0
              ? document
              : document.resolveSibling(hash < 0 ? target : target.substring(0, hash)).normalize();
      assertThat(file).as(target).exists();
      if (hash >= 0) {
        assertThat(anchors(file)).as(target).contains(target.substring(hash + 1));
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("documents")
  void linesAreShort(Path document) throws IOException {
    assertThat(Files.readAllLines(document))
        .filteredOn(line -> !line.startsWith("|"))
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(LONGEST_LINE));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("pagesWithCommands")
  void commandsAreUnderstood(Path page) throws IOException {
    for (List<String> command : commands(page)) {
      assertThatCode(() -> new RankingApp().commandLine().parseArgs(command.toArray(new String[0])))
          .as(String.join(" ", command))
          .doesNotThrowAnyException();
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("pagesWithPrograms")
  void programsCompile(Path page, @TempDir Path classes) throws IOException {
    List<String> programs = blocks(Files.readString(page), "java");

    assertThat(programs).isNotEmpty();
    for (String program : programs) {
      assertThat(compile(program, classes)).as(program).isEmpty();
    }
  }

  @Test
  void everyRoomIsOnTheMap() throws IOException {
    String map = Files.readString(MAP);
    Set<String> rooms = new TreeSet<>();
    rooms.addAll(rooms("ranking-lib/src/main/java/io/rankline"));
    rooms.addAll(rooms("spark-app/src/main/java/io/rankline/spark"));
    rooms.addAll(rooms("deploy/server/src/main/java/io/rankline/server"));

    assertThat(rooms).contains("data", "training.collective", "rest");
    assertThat(rooms).allSatisfy(room -> assertThat(map).contains("`" + room + "`"));
    assertThat(map.lines()).hasSizeLessThanOrEqualTo(LINES_OF_THE_MAP);
  }

  /** Packages with classes, by their names below a folder. */
  private static List<String> rooms(String folder) throws IOException {
    Path top = ROOT.resolve(folder);
    try (Stream<Path> files = Files.walk(top)) {
      return files
          .filter(file -> file.getFileName().toString().equals("package-info.java"))
          .map(file -> top.relativize(file.getParent()).toString().replace('/', '.'))
          .toList();
    }
  }

  /** The arguments of every Rankline command that a page shows. */
  private static List<List<String>> commands(Path page) throws IOException {
    List<List<String>> commands = new ArrayList<>();
    String text = Files.readString(page);
    boolean markdown = page.toString().endsWith(".md");
    List<String> shells =
        markdown ? blocks(text, "sh") : List.of(text.replaceAll("(?m)^(#?) *", ""));
    for (String shell : shells) {
      for (String line : shell.replace("\\\n", " ").lines().toList()) {
        int from = line.indexOf("deploy/local/rankline ");
        boolean submitted = line.contains("/submit ");
        int begin = submitted ? line.indexOf(" -- ") + 4 : from + "deploy/local/rankline ".length();
        boolean shown = markdown || line.startsWith("./deploy") || line.startsWith("deploy");
        if (shown && (from >= 0 || submitted)) {
          commands.add(words(line.substring(begin)));
        }
      }
    }
    return commands;
  }

  private static List<String> words(String line) {
    List<String> words = new ArrayList<>();
    Matcher word = WORD.matcher(line.replaceAll(" +#.*", ""));
    while (word.find()) {
      words.add(
          word.group(1) != null
              ? word.group(1)
              : word.group(2) != null ? word.group(2) : word.group());
    }
    return words;
  }

  /** What stands in fences of that language. */
  private static List<String> blocks(String text, String language) {
    List<String> blocks = new ArrayList<>();
    Matcher fence = Pattern.compile("(?ms)^```" + language + "\n(.*?)^```$").matcher(text);
    while (fence.find()) {
      blocks.add(fence.group(1));
    }
    return blocks;
  }

  /** The names that GitHub gives to headings. */
  private static List<String> anchors(Path document) throws IOException {
    return Files.readAllLines(document).stream()
        .filter(line -> line.startsWith("#"))
        .map(line -> line.replaceAll("^#+ ", "").toLowerCase(Locale.ROOT))
        .map(line -> line.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
        .toList();
  }

  /** What the compiler finds wrong with statements that begin with their imports. */
  private static String compile(String program, Path classes) {
    StringBuilder imports = new StringBuilder();
    StringBuilder statements = new StringBuilder();
    program
        .lines()
        .forEach(
            line -> (line.startsWith("import ") ? imports : statements).append(line).append('\n'));
    String source =
        "%sclass Program { void run() throws Exception {%n%s}}".formatted(imports, statements);
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter faults = new StringWriter();
    boolean compiled =
        compiler
            .getTask(
                faults,
                null,
                null,
                List.of("-proc:none", "-d", classes.toString(), "-cp", classPath()),
                null,
                List.of(
                    new SimpleJavaFileObject(
                        URI.create("string:///Program.java"), SimpleJavaFileObject.Kind.SOURCE) {
                      @Override
                      public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return source;
                      }
                    }))
            .call();
    return compiled ? "" : faults.toString();
  }

  /** Where the classes come from that programs name, whatever runs this test. */
  private static String classPath() {
    return Stream.of(
            SavedRankingModel.class,
            NeuralRanker.class,
            SparkSession.class,
            Estimator.class,
            Row.class,
            Encoders.class,
            Logging.class,
            Product.class,
            Configuration.class,
            ComputationGraph.class,
            Activation.class)
        .map(type -> type.getProtectionDomain().getCodeSource().getLocation())
        .map(place -> Path.of(URI.create(place.toString())).toString())
        .distinct()
        .collect(Collectors.joining(File.pathSeparator));
  }
}
