package dev.langchain4j.rerank.report;

import java.io.StringReader;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** The elements of a page, which is well-formed XML. The appearance is tested in a browser, in integration-tests. */
final class PageElements {

    private static final XPath XPATH = XPathFactory.newInstance().newXPath();

    private final Document document;

    private PageElements(Document document) {
        this.document = document;
    }

    static PageElements of(String html) {
        try {
            return new PageElements(DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new InputSource(new StringReader(html))));
        } catch (Exception e) {
            throw new AssertionError("the page is not well-formed", e);
        }
    }

    /** Returns the texts of the nodes that an XPath selects, with normalised white space. */
    List<String> texts(String path) {
        try {
            NodeList nodes = (NodeList) XPATH.evaluate(path, document, XPathConstants.NODESET);
            return IntStream.range(0, nodes.getLength())
                    .mapToObj(i -> nodes.item(i).getTextContent().strip().replaceAll("\\s+", " "))
                    .toList();
        } catch (XPathExpressionException e) {
            throw new AssertionError(path, e);
        }
    }

    int count(String path) {
        return texts(path).size();
    }
}
