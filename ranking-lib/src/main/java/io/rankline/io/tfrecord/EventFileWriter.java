package io.rankline.io.tfrecord;

import io.rankline.io.Folder;
import io.rankline.io.ThisMachine;
import io.rankline.io.proto.Event;
import io.rankline.io.proto.Summary;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;

/**
 * Writes curves as TensorBoard reads them: a TFRecord file of Event messages.
 *
 * <p>Each writer has a file of its own, {@code events.out.tfevents.<seconds>.<host>}, since
 * TensorBoard joins the files of a folder. Readers see what was written up to the last {@link
 * #flush}; where storage shows whole files only, the file appears with {@link #close}.
 */
public final class EventFileWriter implements Closeable {

  private static final String VERSION = "brain.Event:2";

  private final Clock clock;
  private final TfRecordWriter records;

  private EventFileWriter(Clock clock, TfRecordWriter records) {
    this.clock = clock;
    this.records = records;
  }

  /** Starts a new file in that folder, which is made where it is missing. */
  public static EventFileWriter in(Folder folder) throws IOException {
    return in(folder, Clock.systemUTC(), ThisMachine.name());
  }

  static EventFileWriter in(Folder folder, Clock clock, String host) throws IOException {
    String name =
        String.format(
            Locale.ROOT, "events.out.tfevents.%010d.%s", clock.instant().getEpochSecond(), host);
    OutputStream file;
    if (folder.showsWholeFilesOnly()) {
      file = new EventsInMemory(folder, name);
    } else {
      folder.create();
      file = folder.stream(free(folder, name));
    }
    EventFileWriter writer = new EventFileWriter(clock, new TfRecordWriter(file));
    writer.write(writer.event(0).setFileVersion(VERSION).build());
    writer.flush();
    return writer;
  }

  private static String free(Folder folder, String name) throws IOException {
    String free = name;
    for (int i = 1; folder.has(free); i++) {
      free = name + "." + i;
    }
    return free;
  }

  /** Becomes a file when it is closed. */
  private static final class EventsInMemory extends ByteArrayOutputStream {
    private final Folder folder;
    private final String name;
    private boolean closed;

    EventsInMemory(Folder folder, String name) {
      this.folder = folder;
      this.name = name;
    }

    @Override
    public void close() throws IOException {
      if (!closed) {
        closed = true;
        byte[] events = toByteArray();
        folder.later(
            events.length, () -> folder.write(free(folder, name), out -> out.write(events)));
      }
    }
  }

  /**
   * Writes points of several curves.
   *
   * @param step place of the points on the horizontal axis
   * @param values by the name of the curve; slashes in names group curves
   */
  public void write(long step, Map<String, Double> values) throws IOException {
    Summary.Builder summary = Summary.newBuilder();
    values.forEach(
        (tag, value) ->
            summary.addValue(
                Summary.Value.newBuilder().setTag(tag).setSimpleValue(value.floatValue())));
    write(event(step).setSummary(summary).build());
  }

  /** Shows readers what was written so far. */
  public void flush() throws IOException {
    records.flush();
  }

  @Override
  public void close() throws IOException {
    records.close();
  }

  private Event.Builder event(long step) {
    Instant now = clock.instant();
    return Event.newBuilder().setWallTime(now.getEpochSecond() + now.getNano() / 1e9).setStep(step);
  }

  private void write(Event event) throws IOException {
    records.write(event.toByteArray());
  }
}
