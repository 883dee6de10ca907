package io.rankline.pipeline.report;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** A page as a parser sees it, which refuses what is not well-formed. */
final class PageReader {

  private final Document page;

  PageReader(ReportPage page) {
    this(page.html());
  }

  PageReader(String html) {
    try {
      this.page =
          DocumentBuilderFactory.newInstance()
              .newDocumentBuilder()
              .parse(new InputSource(new StringReader(html)));
    } catch (ParserConfigurationException | SAXException | IOException e) {
      throw new AssertionError(e);
    }
  }

  /** The text of each node on that path. */
  List<String> texts(String path) {
    try {
      NodeList nodes =
          (NodeList)
              XPathFactory.newInstance().newXPath().evaluate(path, page, XPathConstants.NODESET);
      List<String> texts = new ArrayList<>();
      for (int i = 0; i < nodes.getLength(); i++) {
        texts.add(nodes.item(i).getTextContent());
      }
      return texts;
    } catch (XPathExpressionException e) {
      throw new AssertionError(e);
    }
  }

  /** The texts of the cells of each row of the table in that section. */
  List<List<String>> rows(String section) {
    List<List<String>> rows = new ArrayList<>();
    String table = "//section[h2='%s']//table/tbody/tr".formatted(section);
    for (int r = 1; r <= texts(table).size(); r++) {
      rows.add(texts("(%s)[%d]/td".formatted(table, r)));
    }
    return rows;
  }
}
