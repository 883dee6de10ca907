package org.apache.zeppelin.spark;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.SQLContext;
import org.apache.spark.sql.SparkSession;
import org.apache.zeppelin.interpreter.InterpreterContext;
import org.apache.zeppelin.interpreter.InterpreterGroup;
import org.apache.zeppelin.interpreter.InterpreterResult;
import org.apache.zeppelin.interpreter.InterpreterResult.Code;
import org.apache.zeppelin.interpreter.ZeppelinContext;
import org.apache.zeppelin.interpreter.thrift.InterpreterCompletion;
import org.jspecify.annotations.Nullable;
import scala.collection.JavaConverters;
import scala.tools.nsc.Settings;
import scala.tools.nsc.interpreter.IMain;
import scala.tools.nsc.interpreter.Results;

/**
 * Runs the paragraphs of Zeppelin's Spark interpreter in Scala's own one. Zeppelin looks for this
 * class by its name; the one that its distribution has, written in Scala, is not on Maven.
 */
@SuppressWarnings("deprecation") // as Zeppelin and Scala have it
public final class SparkScala212Interpreter extends AbstractSparkScalaInterpreter {

  private final SparkConf conf;
  private final Properties properties;
  private final InterpreterGroup group;
  private final URLClassLoader loader;
  private final File classes;
  private final Output output = new Output();
  private @Nullable IMain repl;
  private @Nullable SparkSession session;
  private @Nullable ZeppelinContext zeppelin;

  /** Called by Zeppelin, by reflection. */
  public SparkScala212Interpreter(
      SparkConf conf,
      List<String> files,
      Properties properties,
      InterpreterGroup group,
      URLClassLoader loader,
      File classes) {
    this.conf = conf;
    this.properties = properties;
    this.group = group;
    this.loader = loader;
    this.classes = classes;
  }

  @Override
  public void open() {
    conf.set("spark.repl.class.outputDir", classes.getAbsolutePath());
    Settings settings = new Settings();
    settings.embeddedDefaults(loader);
    List<String> arguments =
        List.of(
            "-usejavacp",
            "-Yrepl-class-based",
            "-Yrepl-outdir",
            classes.getAbsolutePath(),
            "-classpath",
            jars(loader).collect(Collectors.joining(File.pathSeparator)));
    settings.processArguments(list(arguments), true);
    IMain scala = new IMain(settings, new PrintWriter(output, true, StandardCharsets.UTF_8));
    scala.initializeSynchronous();
    scala.setContextClassLoader();
    SparkSession spark = SparkSession.builder().config(conf).getOrCreate();
    ZeppelinContext context =
        new JavaZeppelinContext(
            shims(spark),
            group.getInterpreterHookRegistry(),
            Integer.parseInt(properties.getProperty("zeppelin.spark.maxResult", "1000")));
    bind(scala, "spark", spark);
    bind(scala, "sc", spark.sparkContext());
    bind(scala, "z", context);
    for (String name :
        List.of("spark.implicits._", "spark.sql", "org.apache.spark.sql.functions._")) {
      scala.interpret("import " + name);
    }
    repl = scala;
    session = spark;
    zeppelin = context;
  }

  private SparkShims shims(SparkSession spark) {
    try {
      return SparkShims.getInstance(spark.version(), properties, spark);
    } catch (Exception e) {
      throw new IllegalStateException("no shims for Spark " + spark.version(), e);
    }
  }

  /** Jars of {@code spark.jars}, which the class path of the JVM does not have. */
  private static Stream<String> jars(@Nullable ClassLoader loader) {
    if (loader == null) {
      return Stream.of();
    }
    Stream<URL> own =
        loader instanceof URLClassLoader urls ? Arrays.stream(urls.getURLs()) : Stream.of();
    return Stream.concat(own.map(URL::getPath), jars(loader.getParent()));
  }

  private static void bind(IMain scala, String name, Object value) {
    String type = value.getClass().getCanonicalName();
    Results.Result result = scala.bind(name, type, value, list(List.of("@transient")));
    if (!result.toString().equals("Success")) {
      throw new IllegalStateException("'%s' cannot be bound".formatted(name));
    }
  }

  private static scala.collection.immutable.List<String> list(List<String> values) {
    return JavaConverters.asScalaBuffer(values).toList();
  }

  private IMain opened() {
    if (repl == null) {
      throw new IllegalStateException("not open");
    }
    return repl;
  }

  @Override
  public InterpreterResult interpret(String code, InterpreterContext context) {
    output.paragraph = context.out;
    getZeppelinContext().setInterpreterContext(context);
    try {
      String result = scala.Console.withOut(output, () -> opened().interpret(code)).toString();
      output.flush();
      return switch (result) {
        case "Success" -> new InterpreterResult(Code.SUCCESS);
        case "Incomplete" -> new InterpreterResult(Code.INCOMPLETE, "Incomplete expression");
        default -> new InterpreterResult(Code.ERROR);
      };
    } catch (IOException e) {
      return new InterpreterResult(Code.ERROR, e.toString());
    } finally {
      output.paragraph = OutputStream.nullOutputStream();
    }
  }

  /** What Scala prints goes to the paragraph that runs. */
  private static final class Output extends OutputStream {

    private volatile OutputStream paragraph = nullOutputStream();

    @Override
    public void write(int character) throws IOException {
      paragraph.write(character);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      paragraph.write(bytes, from, length);
    }

    @Override
    public void flush() throws IOException {
      paragraph.flush();
    }
  }

  @Override
  public SparkContext getSparkContext() {
    return session().sparkContext();
  }

  @Override
  public SQLContext getSqlContext() {
    return session().sqlContext();
  }

  @Override
  public Object getSparkSession() {
    return session();
  }

  private SparkSession session() {
    if (session == null) {
      throw new IllegalStateException("not open");
    }
    return session;
  }

  @Override
  public String getSparkUrl() {
    return "";
  }

  @Override
  public ZeppelinContext getZeppelinContext() {
    if (zeppelin == null) {
      throw new IllegalStateException("not open");
    }
    return zeppelin;
  }

  @Override
  public int getProgress(String jobs, InterpreterContext context) {
    return 0;
  }

  @Override
  public List<InterpreterCompletion> completion(
      String text, int cursor, InterpreterContext context) {
    return List.of();
  }

  @Override
  public ClassLoader getScalaShellClassLoader() {
    return opened().classLoader();
  }

  @Override
  public void close() {
    session().stop();
    opened().close();
  }
}
