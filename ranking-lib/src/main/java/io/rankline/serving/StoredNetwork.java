package io.rankline.serving;

import com.typesafe.config.ConfigObject;
import io.rankline.feature.profile.InputProfile;
import io.rankline.feature.token.Vocabulary;
import io.rankline.frozen.NetworkArchive;
import io.rankline.frozen.step.Plan;
import io.rankline.frozen.step.Towers;
import io.rankline.frozen.step.UnknownLayerException;
import io.rankline.model.FrozenScorer;
import io.rankline.model.ListScorer;
import io.rankline.text.FaultsException;
import io.rankline.text.Hocon;
import io.rankline.text.RecordCodec;
import io.rankline.text.Section;
import io.rankline.text.Sha256;
import java.io.BufferedReader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * What the files of an exported model of one network hold.
 *
 * @param path of its folder, for messages
 * @param text all of it but the network
 * @param profile what the training data looks like; null where no file tells
 * @param network bytes of the network's file, which have the digest that the text names
 * @param base whose scores it adds to; null for none
 */
record StoredNetwork(
    String path,
    SavedModelText text,
    @Nullable InputProfile profile,
    byte[] network,
    @Nullable StoredModel base)
    implements StoredModel {

  /**
   * Reads the files.
   *
   * @param document that {@code ranking_model.json} is, of a format that is read
   * @throws SavedModelException if one is missing or damaged
   */
  static StoredNetwork read(ModelFiles files, ConfigObject document) throws IOException {
    SavedModelText text;
    try {
      text =
          SavedModelText.read(
              document,
              files.path() + "/" + MODEL_FILE,
              (name, file) -> vocabulary(files, name, ASSETS + "/" + file));
    } catch (UncheckedIOException e) {
      throw new SavedModelException(
          "%s; copy the whole folder, or export the model again".formatted(e.getMessage()), e);
    }
    byte[] network = StoredModel.bytes(files, NETWORK_FILE);
    String digest = Sha256.of(network);
    if (!digest.equals(text.network().sha256())) {
      throw new SavedModelException(
          "%s/%s: is damaged: its SHA-256 must be %s, got %s; copy it again, or export the model again"
              .formatted(files.path(), NETWORK_FILE, text.network().sha256(), digest),
          null);
    }
    SavedModelText.Base said = text.base();
    StoredModel base =
        said == null
            ? null
            : StoredModel.part(
                files.below(BaseModel.FOLDER),
                said.sha256(),
                "the base that the model",
                "the export");
    return new StoredNetwork(files.path(), text, profile(files), network, base);
  }

  @Override
  public ExportContent content() throws SavedModelException {
    try {
      return text.content(profile, base == null ? null : base.content());
    } catch (IllegalArgumentException e) {
      throw contradiction(e);
    }
  }

  @Override
  public SortedMap<String, String> versions() {
    return text.versions();
  }

  /**
   * A scorer with the network, without DL4J; it is given the scores of the base.
   *
   * @param towers arithmetic for dense layers; null for plain Java
   * @throws UnknownLayerException for a network with layers that only DL4J knows
   */
  ListScorer scorer(@Nullable Towers towers) throws IOException {
    try {
      NetworkArchive archive = NetworkArchive.read(network);
      return FrozenScorer.of(text.model(), archive.configuration(), archive.parameters(), towers);
    } catch (UnknownLayerException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw contradiction(e);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /**
   * The layers of the network.
   *
   * @throws UnknownLayerException for a network with layers that only DL4J knows
   */
  Plan layers() throws IOException {
    try {
      NetworkArchive archive = NetworkArchive.read(network);
      return FrozenScorer.layers(text.model(), archive.configuration(), archive.parameters());
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /** What to say of a network that cannot be read. */
  SavedModelException unreadable(IOException fault) {
    return new SavedModelException(
        "%s/%s: cannot be read: %s; are the classes of its layers on the classpath?"
            .formatted(path, NETWORK_FILE, fault.getMessage()),
        fault);
  }

  /** What a model file says of itself that cannot be. */
  SavedModelException contradiction(IllegalArgumentException fault) {
    return new SavedModelException(
        "%s/%s: is damaged: %s; copy it again, or export the model again"
            .formatted(path, MODEL_FILE, fault.getMessage()),
        fault);
  }

  /** Exports of Rankline up to format 2 may have none. */
  private static @Nullable InputProfile profile(ModelFiles files) throws IOException {
    String json;
    try (InputStream in = files.open(PROFILE_FILE)) {
      json = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (FileNotFoundException e) {
      return null;
    }
    String origin = files.path() + "/" + PROFILE_FILE;
    try {
      Section section = Section.of(Hocon.parseJson(json, origin));
      InputProfile profile = RecordCodec.of(InputProfile.class).read(section);
      section.rejectUnknownKeys();
      section.finish();
      return profile;
    } catch (FaultsException e) {
      throw new SavedModelException(
          "%s; the export is damaged: copy it again, or delete the file, which scores do not need"
              .formatted(e.getMessage()),
          e);
    }
  }

  private static Vocabulary vocabulary(ModelFiles files, String name, String file) {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(files.open(file), StandardCharsets.UTF_8))) {
      return Vocabulary.read(name, lines);
    } catch (FileNotFoundException e) {
      throw new UncheckedIOException("%s/%s is missing".formatted(files.path(), file), e);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "%s/%s cannot be read: %s".formatted(files.path(), file, e.getMessage()), e);
    }
  }
}
