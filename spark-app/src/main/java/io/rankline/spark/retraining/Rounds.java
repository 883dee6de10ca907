package io.rankline.spark.retraining;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.rankline.io.Folder;
import io.rankline.spark.retraining.Round.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The rounds of a retraining, as {@code rounds.json} in a folder has them.
 *
 * <p>What the model that serves has seen follows from the models themselves: the files of the round
 * that made it, those of the round that made the model which that one started from, and so on. So a
 * round whose model does not serve counts for nothing, whether it was stopped at the gate, killed,
 * or rolled back, and its files are new again.
 */
public final class Rounds {

  private static final String FILE = "rounds.json";
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final Folder folder;
  private final List<Round> rounds;

  /** The file. */
  record Content(int format, List<Round> rounds) {}

  private Rounds(Folder folder, List<Round> rounds) {
    this.folder = folder;
    this.rounds = new ArrayList<>(rounds);
  }

  /**
   * Those of a folder; none where it has no such file.
   *
   * @throws IOException if the file cannot be read or is of a newer format
   */
  public static Rounds read(Folder folder) throws IOException {
    if (!folder.has(FILE)) {
      return new Rounds(folder, List.of());
    }
    try (InputStream in = folder.open(FILE)) {
      Content content = MAPPER.readValue(in, Content.class);
      if (content.format() != 1) {
        throw new IOException("format %s; this version reads 1".formatted(content.format()));
      }
      return new Rounds(folder, content.rounds());
    } catch (IOException e) {
      throw new IOException(
          "%s/%s, which says what was trained on, cannot be read: %s"
              .formatted(folder.path(), FILE, e.getMessage()),
          e);
    }
  }

  /** The round that was begun and has not ended. */
  public Optional<Round> open() {
    return rounds.stream().filter(round -> round.outcome() == Outcome.OPEN).findFirst();
  }

  /** Whether a model was made by a round, or its files are known otherwise. */
  public boolean knows(String model) {
    return made(model).isPresent();
  }

  /** The files that a model was trained on, in all rounds that led to it; none for no model. */
  public Set<SeenFile> seen(String model) {
    Set<SeenFile> files = new LinkedHashSet<>();
    Optional<Round> round = made(model);
    while (round.isPresent()) {
      files.addAll(round.get().files());
      round = made(round.get().from());
    }
    return files;
  }

  /** Begins one. */
  public Round begin(String from, List<SeenFile> files) throws IOException {
    int last = rounds.stream().mapToInt(Round::number).max().orElse(0);
    Round round = new Round(last + 1, from, files, "", Outcome.OPEN);
    rounds.add(round);
    write();
    return round;
  }

  /** Says what a model that no round has made was trained on. */
  public void bring(String model, List<SeenFile> files) throws IOException {
    rounds.add(new Round(0, "", files, model, Outcome.PROMOTED));
    write();
  }

  /** Puts a round in the place of the one with its number. */
  public void put(Round round) throws IOException {
    rounds.replaceAll(old -> old.number() == round.number() ? round : old);
    write();
  }

  /** The latest; a round that left its model as it was has not made it. */
  private Optional<Round> made(String model) {
    return rounds.stream()
        .filter(round -> !model.isEmpty() && round.model().equals(model))
        .filter(round -> !round.from().equals(model))
        .reduce((first, second) -> second);
  }

  private void write() throws IOException {
    byte[] text = MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(new Content(1, rounds));
    folder.create();
    folder.write(FILE, out -> out.write(text));
  }
}
