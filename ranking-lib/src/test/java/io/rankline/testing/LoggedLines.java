package io.rankline.testing;

import java.util.ArrayList;
import java.util.List;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.logging.log4j.core.config.Property;

/** What this process logs while it is open. */
public final class LoggedLines implements AutoCloseable {

  private final Logger logger;
  private final Level before;
  private final Lines lines = new Lines();

  /** Listens to warnings of loggers below that name. */
  public LoggedLines(String name) {
    this(name, Level.WARN);
  }

  /** Listens to loggers below that name, from a level on. */
  public LoggedLines(String name, Level level) {
    this.logger = (Logger) LogManager.getLogger(name);
    this.before = logger.getLevel();
    Configurator.setLevel(name, level);
    lines.start();
    ((Logger) LogManager.getLogger(name)).addAppender(lines);
  }

  /** The messages so far. */
  public List<String> messages() {
    return lines.messages();
  }

  @Override
  public void close() {
    logger.removeAppender(lines);
    Configurator.setLevel(logger.getName(), before);
  }

  private static final class Lines extends AbstractAppender {

    private final List<String> messages = new ArrayList<>();

    Lines() {
      super("lines", null, null, true, Property.EMPTY_ARRAY);
    }

    @Override
    public synchronized void append(LogEvent event) {
      messages.add(event.getMessage().getFormattedMessage());
    }

    synchronized List<String> messages() {
      return List.copyOf(messages);
    }
  }
}
