import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.StringJoiner;

import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.QueryBuilder;

/**
 * `ANALYZER DIR DEPTH`: reads documents, one a line (id, title, body, between tabs), an empty line, then one question a
 * line, to which it answers with the ids of the best, between tabs. BM25 as Lucene has it; any word is enough.
 */
public class Rank {
    static final String[] FIELDS = {"title", "body"};

    public static void main(String[] args) throws Exception {
        Analyzer analyzer = (Analyzer) Class.forName(args[0]).getDeclaredConstructor().newInstance();
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8), 1 << 20);
        try (FSDirectory directory = FSDirectory.open(Path.of(args[1]))) {
            index(directory, analyzer, in);
            try (DirectoryReader reader = DirectoryReader.open(directory)) {
                answer(new IndexSearcher(reader), analyzer, in, Integer.parseInt(args[2]));
            }
        }
    }

    static void index(FSDirectory directory, Analyzer analyzer, BufferedReader in) throws Exception {
        try (IndexWriter writer = new IndexWriter(directory, new IndexWriterConfig(analyzer))) {
            for (String line; !(line = in.readLine()).isEmpty(); ) {
                String[] cells = line.split("\t", 3);
                Document document = new Document();
                document.add(new StoredField("id", cells[0]));
                for (int i = 0; i < FIELDS.length; i++) document.add(new TextField(FIELDS[i], cells[i + 1], Field.Store.NO));
                writer.addDocument(document);
            }
            writer.forceMerge(1);
        }
    }

    static void answer(IndexSearcher searcher, Analyzer analyzer, BufferedReader in, int depth) throws Exception {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        QueryBuilder builder = new QueryBuilder(analyzer);
        StoredFields stored = searcher.storedFields();
        for (String question; (question = in.readLine()) != null; ) {
            BooleanQuery.Builder both = new BooleanQuery.Builder();
            for (String field : FIELDS) {
                Query query = builder.createBooleanQuery(field, question, BooleanClause.Occur.SHOULD);
                if (query != null) both.add(query, BooleanClause.Occur.SHOULD);
            }
            StringJoiner ids = new StringJoiner("\t");
            for (ScoreDoc hit : searcher.search(both.build(), depth).scoreDocs) ids.add(stored.document(hit.doc).get("id"));
            out.println(ids);
        }
    }
}
