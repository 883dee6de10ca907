package io.rankline.text;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Values or a text that say something impossible; reports all faults at once, one a line. */
public class FaultsException extends IllegalArgumentException {

  private static final long serialVersionUID = 1;

  private final List<Fault> faults;

  /** The faults, in the order in which they are reported. */
  public FaultsException(List<Fault> faults) {
    this(faults, "\n");
  }

  private FaultsException(List<Fault> faults, String separator) {
    super(faults.stream().map(Fault::line).collect(Collectors.joining(separator)));
    this.faults = List.copyOf(faults);
  }

  /** The faults in a message of one line, with semicolons between them. */
  public static FaultsException onOneLine(List<Fault> faults) {
    return new FaultsException(faults, "; ");
  }

  /** The faults, and what led to them. */
  public FaultsException(List<Fault> faults, @Nullable Throwable cause) {
    super(faults.stream().map(Fault::line).collect(Collectors.joining("\n")), cause);
    this.faults = List.copyOf(faults);
  }

  /** The faults, each with its place and key. */
  public final List<Fault> faults() {
    return faults;
  }

  /** The faults as lines. */
  public final List<String> problems() {
    return faults.stream().map(Fault::line).toList();
  }
}
