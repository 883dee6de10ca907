package io.rankline.spark.training.collective;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A rank in a JVM of its own, which sums for ever; for tests that kill or stop it. */
final class RingProcess implements AutoCloseable {

  static final int VALUES = 1_000_000;

  private final Process process;
  private final BufferedReader said;
  private final String address;

  private RingProcess(Process process) throws IOException {
    this.process = process;
    this.said =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    this.address = line();
  }

  static RingProcess start() throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return new RingProcess(
        new ProcessBuilder(
                java,
                "-Xmx128m",
                "-cp",
                System.getProperty("java.class.path"),
                RingProcess.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start());
  }

  String address() {
    return address;
  }

  /** Tells the process its ring; it starts to sum. */
  void join(List<String> addresses, int rank) throws IOException {
    process
        .getOutputStream()
        .write((rank + " " + String.join(",", addresses) + "\n").getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().flush();
  }

  /** Ends it as kill -9 does. */
  void kill() {
    process.destroyForcibly();
  }

  /** Stops it as kill -STOP does: its connections stay and say nothing. */
  void stop() throws IOException, InterruptedException {
    int exit = new ProcessBuilder("kill", "-STOP", String.valueOf(process.pid())).start().waitFor();
    if (exit != 0) {
      throw new IOException("kill -STOP failed with " + exit);
    }
  }

  private String line() throws IOException {
    for (String line = said.readLine(); line != null; line = said.readLine()) {
      if (line.startsWith("127.0.0.1:")) {
        return line;
      }
    }
    throw new IOException("the other JVM ended without an address");
  }

  @Override
  public void close() {
    process.destroyForcibly();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        throw new UncheckedIOException(new IOException("the other JVM does not end"));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Prints its address, reads its rank and all addresses from one line, and sums until it fails.
   */
  public static void main(String[] args) throws IOException {
    try (RingEndpoint endpoint = RingEndpoint.open(Ranks.settings().build())) {
      System.out.println(endpoint.address());
      BufferedReader input =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      String line = String.valueOf(input.readLine());
      int space = line.indexOf(' ');
      List<String> addresses = java.util.Arrays.asList(line.substring(space + 1).split(",", -1));
      try (Ring ring = endpoint.join(addresses, Integer.parseInt(line.substring(0, space)))) {
        ByteBuffer values = Ranks.direct(new float[VALUES]);
        while (true) {
          ring.sum(values);
        }
      }
    }
  }
}
