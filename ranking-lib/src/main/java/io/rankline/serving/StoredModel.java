package io.rankline.serving;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import io.rankline.text.FaultsException;
import io.rankline.text.Hocon;
import io.rankline.text.Sha256;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.SortedMap;

/** What the files of an exported model hold. */
sealed interface StoredModel permits StoredNetwork, StoredEnsemble {

  String MODEL_FILE = "ranking_model.json";
  String NETWORK_FILE = "network.zip";
  String PROFILE_FILE = "profile.json";
  String ASSETS = "assets";

  String VERSION_KEY = "format_version";

  /**
   * The newest format that is read: 1 and 2 are of one network, 3 is of an ensemble, and 4 of a
   * network on a base.
   */
  int NEWEST_VERSION = 4;

  /**
   * Reads the files.
   *
   * @throws SavedModelException if one is missing, damaged, or of a newer format
   */
  static StoredModel read(ModelFiles files) throws IOException {
    return read(files, bytes(files, MODEL_FILE));
  }

  /** As {@link #read(ModelFiles)}, with what {@link #MODEL_FILE} holds. */
  static StoredModel read(ModelFiles files, byte[] json) throws IOException {
    String origin = files.path() + "/" + MODEL_FILE;
    ConfigObject document;
    try {
      document = Hocon.parseJson(new String(json, StandardCharsets.UTF_8), origin);
    } catch (FaultsException e) {
      throw damaged(e);
    }
    requireVersion(document, origin);
    return document.containsKey(EnsembleText.SECTION)
        ? StoredEnsemble.read(files, document)
        : StoredNetwork.read(files, document);
  }

  /** All of it but networks. */
  ExportContent content() throws SavedModelException;

  /** What it was written with. */
  SortedMap<String, String> versions();

  /**
   * The content of a file.
   *
   * @throws SavedModelException if it is not there
   */
  static byte[] bytes(ModelFiles files, String name) throws IOException {
    try (InputStream in = files.open(name)) {
      return in.readAllBytes();
    } catch (FileNotFoundException e) {
      throw new SavedModelException(
          "%s/%s is missing; copy the whole folder, or export the model again"
              .formatted(files.path(), name),
          e);
    }
  }

  /**
   * Reads the export of a part, which lies in a folder of the whole's.
   *
   * @param sha256 of its model file
   * @param what it is of the whole, for messages: {@code the member that the ensemble}
   * @param again what to make again: {@code the ensemble}
   * @throws SavedModelException if a file is missing or damaged, or it is another export
   */
  static StoredModel part(ModelFiles own, String sha256, String what, String again)
      throws IOException {
    byte[] json = bytes(own, MODEL_FILE);
    String digest = Sha256.of(json);
    if (!digest.equals(sha256)) {
      throw new SavedModelException(
          "%s/%s: is not %s was made of: its SHA-256 must be %s, got %s; copy the whole folder again, or make %s again"
              .formatted(own.path(), MODEL_FILE, what, sha256, digest, again),
          null);
    }
    return read(own, json);
  }

  /** What to say of a document whose faults are named. */
  static SavedModelException damaged(IllegalArgumentException fault) {
    return new SavedModelException(
        fault.getMessage() + "; the export is damaged, export the model again", fault);
  }

  private static void requireVersion(ConfigObject document, String origin)
      throws SavedModelException {
    ConfigValue version = document.get(VERSION_KEY);
    if (version == null || !(version.unwrapped() instanceof Integer number) || number < 1) {
      throw new SavedModelException(
          "%s: %s must be a whole number from 1, got %s; this is no exported model"
              .formatted(origin, VERSION_KEY, version == null ? "none" : version.unwrapped()),
          null);
    }
    if (number > NEWEST_VERSION) {
      throw new SavedModelException(
          "%s: %s is %s, and this Rankline reads up to %s; load it with the Rankline that wrote it,"
                  .formatted(origin, VERSION_KEY, number, NEWEST_VERSION)
              + " or a newer one",
          null);
    }
  }
}
