package io.rankline.pipeline.report;

import java.io.StringWriter;
import java.util.regex.Pattern;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * Writes HTML that is well-formed XML too, so that every element is closed and all text escaped.
 */
final class HtmlWriter {

  /** What XML cannot hold, escaped or not. */
  private static final Pattern FORBIDDEN =
      Pattern.compile("[^\\t\\n\\r\\u0020-\\uD7FF\\uE000-\\uFFFD\\x{10000}-\\x{10FFFF}]");

  private final StringWriter text = new StringWriter();
  private final XMLStreamWriter xml;

  private HtmlWriter() {
    try {
      xml = XMLOutputFactory.newInstance().createXMLStreamWriter(text);
    } catch (XMLStreamException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Writes a page. */
  static HtmlWriter page() {
    HtmlWriter html = new HtmlWriter();
    html.text.write("<!DOCTYPE html>\n");
    return html;
  }

  /** Writes a part of a page. */
  static HtmlWriter fragment() {
    return new HtmlWriter();
  }

  /**
   * Opens an element.
   *
   * @param attributes names and values in turn
   */
  HtmlWriter open(String tag, String... attributes) {
    try {
      xml.writeStartElement(tag);
      attributes(attributes);
    } catch (XMLStreamException e) {
      throw new IllegalStateException(e);
    }
    return this;
  }

  HtmlWriter close() {
    try {
      xml.writeEndElement();
    } catch (XMLStreamException e) {
      throw new IllegalStateException(e);
    }
    return this;
  }

  /** Closes a block, and goes to a new line for those who read the source. */
  HtmlWriter closeLine() {
    return close().text("\n");
  }

  HtmlWriter text(String content) {
    try {
      xml.writeCharacters(clean(content));
    } catch (XMLStreamException e) {
      throw new IllegalStateException(e);
    }
    return this;
  }

  /** A name that may go on in a new line after each slash and underscore. */
  HtmlWriter breakable(String name) {
    int from = 0;
    for (int i = 0; i < name.length(); i++) {
      if (name.charAt(i) == '/' || name.charAt(i) == '_') {
        text(name.substring(from, i + 1)).empty("wbr");
        from = i + 1;
      }
    }
    return text(name.substring(from));
  }

  /** An element of text alone. */
  HtmlWriter element(String tag, String content, String... attributes) {
    return open(tag, attributes).text(content).close();
  }

  /** An element that HTML knows to be empty, or one of SVG. */
  HtmlWriter empty(String tag, String... attributes) {
    try {
      xml.writeEmptyElement(tag);
      attributes(attributes);
    } catch (XMLStreamException e) {
      throw new IllegalStateException(e);
    }
    return this;
  }

  private void attributes(String... attributes) throws XMLStreamException {
    for (int i = 0; i < attributes.length; i += 2) {
      xml.writeAttribute(attributes[i], clean(attributes[i + 1]));
    }
  }

  private static String clean(String content) {
    return FORBIDDEN.matcher(content).replaceAll("\uFFFD");
  }

  /** Everything written. */
  String html() {
    try {
      xml.flush();
    } catch (XMLStreamException e) {
      throw new IllegalStateException(e);
    }
    return text + "\n";
  }
}
