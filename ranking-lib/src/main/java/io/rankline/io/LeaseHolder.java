package io.rankline.io;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Properties;
import java.util.UUID;

/**
 * Who has a lease.
 *
 * @param id of this holding; no other one has it
 * @param host name of its machine
 * @param machine tells processes apart that have one number, on machines or in containers of one
 *     name; empty where nothing does
 * @param process its number there
 * @param begun when that process began, as text
 * @param beat grows while it lives
 */
record LeaseHolder(String id, String host, String machine, long process, String begun, long beat) {

  private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");
  private static final Path NAMESPACE = Path.of("/proc/self/ns/pid");

  /** This process, with a new holding. */
  static LeaseHolder here() {
    ProcessHandle process = ProcessHandle.current();
    return new LeaseHolder(
        UUID.randomUUID().toString(),
        ThisMachine.name(),
        thisMachine(),
        process.pid(),
        begun(process),
        0);
  }

  /** The same, still alive. */
  LeaseHolder next() {
    return new LeaseHolder(id, host, machine, process, begun, beat + 1);
  }

  /**
   * Whether it is known to be no more: it was of this machine, where no process has its number. One
   * that has it and began at another time may be the same, if the clock was set meanwhile: when a
   * process began is computed from the time of the boot.
   */
  boolean isGone() {
    return isOfThisMachine() && ProcessHandle.of(process).isEmpty();
  }

  /** Whether it is known to live: its process is one of this machine. */
  boolean isHere() {
    return isOfThisMachine()
        && ProcessHandle.of(process).filter(found -> begun(found).equals(begun)).isPresent();
  }

  private boolean isOfThisMachine() {
    return !machine.isEmpty() && machine.equals(thisMachine()) && host.equals(ThisMachine.name());
  }

  /** Reads what {@link #writeTo} wrote; what is damaged or empty is of nobody who is known. */
  static LeaseHolder read(InputStream in) throws IOException {
    Properties read = new Properties();
    try {
      read.load(in);
    } catch (IllegalArgumentException e) {
      read.clear();
    }
    return new LeaseHolder(
        read.getProperty("id", ""),
        read.getProperty("host", "an unknown machine"),
        read.getProperty("machine", ""),
        number(read.getProperty("process", "")),
        read.getProperty("begun", "an unknown time"),
        number(read.getProperty("beat", "")));
  }

  void writeTo(OutputStream out) throws IOException {
    Properties written = new Properties();
    written.setProperty("id", id);
    written.setProperty("host", host);
    written.setProperty("machine", machine);
    written.setProperty("process", String.valueOf(process));
    written.setProperty("begun", begun);
    written.setProperty("beat", String.valueOf(beat));
    written.store(out, null);
  }

  /** In words. */
  @Override
  public String toString() {
    return "process %s on %s, begun at %s".formatted(process, host, begun);
  }

  private static long number(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  private static String begun(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toString).orElse("an unknown time");
  }

  /** Numbers of processes are those of a boot and a container. */
  private static String thisMachine() {
    try {
      return Files.readString(BOOT).strip() + " " + Files.readSymbolicLink(NAMESPACE);
    } catch (IOException | UnsupportedOperationException | SecurityException e) {
      return "";
    }
  }
}
