package io.rankline.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Where a training keeps its model, which can be taken away for a while. */
interface ChaosPlace {

  /** Its address, as an argument has it. */
  String address();

  /** Takes it away. */
  void takeAway();

  /** Gives it back. */
  void giveBack();

  /** Names and contents below a folder of it. */
  Map<String, byte[]> files(String folder);

  /** Names and digests below a folder of it. */
  default Map<String, String> digests(String folder) {
    Map<String, String> digests = new TreeMap<>();
    files(folder).forEach((name, content) -> digests.put(name, digest(content)));
    return digests;
  }

  private static String digest(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A store that does not answer. */
  record Store(GcsServer server) implements ChaosPlace {

    @Override
    public String address() {
      return "gs://shop";
    }

    @Override
    public void takeAway() {
      server.goAway();
    }

    @Override
    public void giveBack() {
      server.comeBack();
    }

    @Override
    public Map<String, byte[]> files(String folder) {
      Map<String, byte[]> files = new TreeMap<>();
      for (String name : server.names("shop")) {
        if (name.startsWith(folder + "/")) {
          files.put(name.substring(folder.length() + 1), server.content("shop", name));
        }
      }
      return files;
    }
  }

  /** A disk without room. */
  record Disk(SmallDisk disk) implements ChaosPlace {

    @Override
    public String address() {
      return disk.folder().toString();
    }

    @Override
    public void takeAway() {
      disk.fill();
    }

    @Override
    public void giveBack() {
      disk.makeRoom();
    }

    @Override
    public Map<String, byte[]> files(String folder) {
      Path root = disk.folder().resolve(folder);
      Map<String, byte[]> files = new TreeMap<>();
      try (Stream<Path> all = Files.walk(root)) {
        List<Path> found = all.filter(Files::isRegularFile).toList();
        for (Path file : found) {
          files.put(root.relativize(file).toString(), Files.readAllBytes(file));
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return files;
    }
  }
}
