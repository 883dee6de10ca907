package io.rankline.io.tfrecord;

import io.rankline.io.Folder;
import io.rankline.io.ThisMachine;
import io.rankline.io.proto.Event;
import io.rankline.io.proto.Summary;
import java.io.Closeable;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;

/**
 * Writes curves as TensorBoard reads them: a TFRecord file of Event messages.
 *
 * <p>Each writer has a file of its own, {@code events.out.tfevents.<seconds>.<host>}, since
 * TensorBoard joins the files of a folder. Readers see what was written up to the last {@link
 * #flush}.
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
    folder.create();
    String name =
        String.format(
            Locale.ROOT, "events.out.tfevents.%010d.%s", clock.instant().getEpochSecond(), host);
    String free = name;
    for (int i = 1; folder.has(free); i++) {
      free = name + "." + i;
    }
    EventFileWriter writer = new EventFileWriter(clock, new TfRecordWriter(folder.stream(free)));
    writer.write(writer.event(0).setFileVersion(VERSION).build());
    writer.flush();
    return writer;
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
