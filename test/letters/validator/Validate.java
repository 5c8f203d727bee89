import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.apache.xmlbeans.XmlError;
import org.apache.xmlbeans.XmlObject;
import org.apache.xmlbeans.XmlOptions;
import org.openxmlformats.schemas.wordprocessingml.x2006.main.*;

/** Holds every part of .docx files against the schemas of ECMA-376 (transitional) that Apache POI carries; prints what they do not allow. */
public class Validate {
  public static void main(String[] files) throws Exception {
    boolean clean = true;
    for (String file : files) {
      try (ZipFile zip = new ZipFile(file)) {
        for (ZipEntry entry : Collections.list(zip.entries())) {
          String part = entry.getName();
          if (!part.startsWith("word/") || !part.endsWith(".xml") || part.contains("theme")) continue;
          String xml = new String(zip.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8);
          // Part 3 of the standard: a consumer takes these away before it validates.
          xml = xml.replaceAll(" mc:Ignorable=\"[^\"]*\"", "").replaceAll(" w1[45]:\\w+=\"[^\"]*\"", "");
          List<XmlError> errors = new ArrayList<>();
          XmlObject parsed = parse(part, new StringReader(xml));
          parsed.validate(new XmlOptions().setErrorListener(errors));
          for (XmlError error : errors) System.out.println(file + " " + part + ": " + error.getMessage());
          clean &= errors.isEmpty();
        }
      }
    }
    System.exit(clean ? 0 : 1);
  }

  static XmlObject parse(String part, StringReader xml) throws Exception {
    String name = part.replaceAll("word/|\\d*\\.xml", "");
    return switch (name) {
      case "document" -> DocumentDocument.Factory.parse(xml);
      case "header" -> HdrDocument.Factory.parse(xml);
      case "footer" -> FtrDocument.Factory.parse(xml);
      case "settings" -> SettingsDocument.Factory.parse(xml);
      case "styles" -> StylesDocument.Factory.parse(xml);
      case "numbering" -> NumberingDocument.Factory.parse(xml);
      case "fontTable" -> FontsDocument.Factory.parse(xml);
      case "footnotes" -> FootnotesDocument.Factory.parse(xml);
      case "endnotes" -> EndnotesDocument.Factory.parse(xml);
      case "comments" -> CommentsDocument.Factory.parse(xml);
      default -> throw new IllegalArgumentException("no schema for " + part);
    };
  }
}
