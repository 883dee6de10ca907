package io.rankline.spark.promotion;

import io.rankline.io.Folder;
import io.rankline.serving.SavedRankingModel;
import io.rankline.spark.scoring.ModelFiles;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.LongStream;

/**
 * The folder that a server takes the versions of a model from: {@code BASE/<number>}, of which the
 * highest serves, as in TensorFlow Serving. Other entries are left alone by servers.
 */
public final class ServingBase {

  private static final String ROLLED_BACK = "rolled_back_";

  private final Folder base;

  /** Of a folder that need not exist. */
  public ServingBase(Folder base) {
    this.base = base;
  }

  /** The version that serves; empty where there is none. */
  public OptionalLong newest() throws IOException {
    return numbers("").max();
  }

  /** The folder of a version. */
  public Folder version(long number) {
    return base.folder(String.valueOf(number));
  }

  /**
   * Lets a model serve, under a number that none had.
   *
   * @return the number
   */
  public long publish(ModelFiles model) throws IOException {
    base.create();
    long number = LongStream.concat(numbers(""), numbers(ROLLED_BACK)).max().orElse(0) + 1;
    base.replace(String.valueOf(number), SavedRankingModel.FILE, model::write);
    return number;
  }

  /**
   * Takes the version that serves away, so that the one before it does; it is kept under another
   * name.
   *
   * @return the number of the version that serves now
   * @throws IOException if there is none before it
   */
  public long rollBack() throws IOException {
    long[] numbers = numbers("").sorted().toArray();
    if (numbers.length < 2) {
      throw new IOException(
          "%s has %s: there is none to go back to"
              .formatted(
                  base.path(), numbers.length == 0 ? "no version" : "only version " + numbers[0]));
    }
    long last = numbers[numbers.length - 1];
    move(String.valueOf(last), ROLLED_BACK + last);
    return numbers[numbers.length - 2];
  }

  private void move(String from, String to) throws IOException {
    if (!base.showsWholeFilesOnly()) {
      base.rename(from, to);
      return;
    }
    // A rename would go file by file: whoever looks at the version meanwhile would find half of it.
    base.replace(to, SavedRankingModel.FILE, ModelFiles.read(base.folder(from))::write);
    base.folder(from).delete(SavedRankingModel.FILE);
    base.delete(from);
  }

  private LongStream numbers(String prefix) throws IOException {
    return base.names().stream()
        .filter(name -> name.startsWith(prefix))
        .map(name -> number(name.substring(prefix.length())))
        .flatMap(Optional::stream)
        .mapToLong(Long::longValue);
  }

  private static Optional<Long> number(String name) {
    try {
      return name.isEmpty() || !Character.isDigit(name.charAt(0))
          ? Optional.empty()
          : Optional.of(Long.parseLong(name));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
