package io.rankline.cluster;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A file system in memory that is mounted in a folder, so that it can be filled. */
final class SmallDisk implements AutoCloseable {

  private static final int CHUNK = 1 << 16;

  private final Path folder;

  private SmallDisk(Path folder) {
    this.folder = folder;
  }

  /** Mounts one, which only some users may. */
  static SmallDisk mount(Path folder, int mebibytes) throws IOException {
    Files.createDirectories(folder);
    run(List.of("mount", "-t", "tmpfs", "-o", "size=" + mebibytes + "m", "tmpfs", "" + folder));
    return new SmallDisk(folder);
  }

  /** Where it is mounted. */
  Path folder() {
    return folder;
  }

  /** Writes a file until there is no room for another byte. */
  void fill() {
    for (byte[] chunk : List.of(new byte[CHUNK], new byte[1])) {
      boolean room = true;
      while (room) {
        room = append(chunk);
      }
    }
  }

  private boolean append(byte[] chunk) {
    try (OutputStream out = Files.newOutputStream(ballast(), CREATE, APPEND)) {
      out.write(chunk);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Deletes that file. */
  void makeRoom() {
    try {
      Files.deleteIfExists(ballast());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path ballast() {
    return folder.resolve("ballast");
  }

  private static void run(List<String> command) throws IOException {
    Process process = new ProcessBuilder(command).inheritIO().start();
    try {
      if (process.waitFor() != 0) {
        throw new IOException(String.join(" ", command) + " ended with " + process.exitValue());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  @Override
  public void close() throws IOException {
    run(List.of("umount", "-l", folder.toString()));
  }
}
