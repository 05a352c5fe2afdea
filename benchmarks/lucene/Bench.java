import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.PriorityQueue;

import org.apache.lucene.analysis.core.WhitespaceAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.IntPoint;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.SortedSetDocValuesField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.index.*;
import org.apache.lucene.search.*;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.BytesRef;

/**
 * `build DIR`: one article a line on stdin: id, category, month, day, entities between `|`, text, between tabs.
 * `search DIR`: one query a line: kind, words between blanks, first day, last day; answers hits and nanoseconds of CPU.
 */
public class Bench {
    static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);

    public static void main(String[] args) throws Exception {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8), 1 << 20);
        if (args[0].equals("build")) build(Path.of(args[1]), in);
        else search(Path.of(args[1]), in);
        for (String line : Files.readAllLines(Path.of("/proc/self/status")))
            if (line.startsWith("VmHWM")) OUT.println(line.replaceAll("[^0-9]", ""));
    }

    static long processCpu() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    static void build(Path path, BufferedReader in) throws Exception {
        long began = processCpu();
        IndexWriterConfig config = new IndexWriterConfig(new WhitespaceAnalyzer());
        config.setRAMBufferSizeMB(512).setUseCompoundFile(false).setMergeScheduler(new SerialMergeScheduler());
        FieldType text = new FieldType();
        text.setIndexOptions(IndexOptions.DOCS_AND_FREQS_AND_POSITIONS);
        text.freeze();
        try (IndexWriter writer = new IndexWriter(FSDirectory.open(path), config)) {
            for (String line; (line = in.readLine()) != null; ) {
                String[] cells = line.split("\t", 6);
                Document document = new Document();
                int day = Integer.parseInt(cells[3]);
                document.add(new StoredField("id", cells[0]));
                document.add(new SortedSetDocValuesField("category", new BytesRef(cells[1])));
                document.add(new NumericDocValuesField("month", Integer.parseInt(cells[2])));
                document.add(new IntPoint("day", day));
                document.add(new NumericDocValuesField("day", day));
                for (String entity : cells[4].split("\\|")) document.add(new SortedSetDocValuesField("entity", new BytesRef(entity)));
                document.add(new Field("text", cells[5], text));
                writer.addDocument(document);
            }
            writer.commit();
        }
        OUT.println(processCpu() - began);
    }

    static void search(Path path, BufferedReader in) throws Exception {
        IndexSearcher searcher = new IndexSearcher(DirectoryReader.open(FSDirectory.open(path)));
        searcher.setQueryCache(null);
        ThreadMXBean clock = ManagementFactory.getThreadMXBean();
        for (String line; (line = in.readLine()) != null; ) {
            String[] cells = line.split("\t");
            long began = clock.getCurrentThreadCpuTime();
            int hits = run(searcher, cells[0], cells[1].split(" "), Integer.parseInt(cells[2]), Integer.parseInt(cells[3]));
            OUT.println(hits + " " + (clock.getCurrentThreadCpuTime() - began));
        }
    }

    static Query term(String word) {
        return new TermQuery(new Term("text", word));
    }

    static int run(IndexSearcher searcher, String kind, String[] words, int from, int to) throws Exception {
        BooleanQuery.Builder both = new BooleanQuery.Builder();
        switch (kind) {
            case "term": return top(searcher, term(words[0]));
            case "and": for (String word : words) both.add(term(word), BooleanClause.Occur.MUST); break;
            case "or": for (String word : words) both.add(term(word), BooleanClause.Occur.SHOULD); break;
            case "not":
                both.add(term(words[0]), BooleanClause.Occur.MUST).add(term(words[1]), BooleanClause.Occur.MUST_NOT);
                break;
            case "phrase": return top(searcher, new PhraseQuery("text", words));
            case "prefix": return top(searcher, new PrefixQuery(new Term("text", words[0])));
            case "year":
                Query days = new IndexOrDocValuesQuery(
                    IntPoint.newRangeQuery("day", from, to), NumericDocValuesField.newSlowRangeQuery("day", from, to));
                both.add(term(words[0]), BooleanClause.Occur.MUST).add(days, BooleanClause.Occur.FILTER);
                break;
            case "facets": return facets(searcher, term(words[0]));
            default: throw new IllegalArgumentException(kind);
        }
        return top(searcher, both.build());
    }

    static int top(IndexSearcher searcher, Query query) throws Exception {
        return (int) searcher.search(query, new TopScoreDocCollectorManager(10, null, Integer.MAX_VALUE)).totalHits.value;
    }

    /** The best ten, all categories and months, and the twenty most frequent entities, in one pass. */
    static int facets(IndexSearcher searcher, Query query) throws Exception {
        IndexReader reader = searcher.getIndexReader();
        SortedSetDocValues names = MultiDocValues.getSortedSetValues(reader, "entity");
        OrdinalMap map = names instanceof MultiDocValues.MultiSortedSetDocValues m ? m.mapping : null;
        int[] entities = new int[(int) names.getValueCount()], categories = new int[64], months = new int[12 * 3000];
        FacetCollector counter = new FacetCollector(entities, categories, months, map);
        TopScoreDocCollector best = new TopScoreDocCollectorManager(10, null, Integer.MAX_VALUE).newCollector();
        searcher.search(query, MultiCollector.wrap(best, counter));
        PriorityQueue<long[]> queue = new PriorityQueue<>((a, b) -> Long.compare(a[0], b[0]));
        for (int i = 0; i < entities.length; i++) {
            if (queue.size() < 20) queue.add(new long[] {entities[i], i});
            else if (entities[i] > queue.peek()[0]) { queue.poll(); queue.add(new long[] {entities[i], i}); }
        }
        for (long[] found : queue) names.lookupOrd(found[1]);
        return (int) best.topDocs().totalHits.value;
    }

    static final class FacetCollector extends SimpleCollector {
        final int[] entities, categories, months;
        final OrdinalMap map;
        org.apache.lucene.util.LongValues global;
        SortedSetDocValues entity, category;
        NumericDocValues month;

        FacetCollector(int[] entities, int[] categories, int[] months, OrdinalMap map) {
            this.entities = entities;
            this.categories = categories;
            this.months = months;
            this.map = map;
        }

        @Override
        protected void doSetNextReader(LeafReaderContext context) throws java.io.IOException {
            entity = DocValues.getSortedSet(context.reader(), "entity");
            category = DocValues.getSortedSet(context.reader(), "category");
            month = DocValues.getNumeric(context.reader(), "month");
            global = map == null ? null : map.getGlobalOrds(context.ord);
        }

        @Override
        public void collect(int doc) throws java.io.IOException {
            if (entity.advanceExact(doc))
                for (int i = entity.docValueCount(); i > 0; i--) {
                    long ord = entity.nextOrd();
                    entities[(int) (global == null ? ord : global.get(ord))]++;
                }
            if (category.advanceExact(doc)) categories[(int) category.nextOrd()]++;
            if (month.advanceExact(doc)) months[(int) month.longValue()]++;
        }

        @Override
        public ScoreMode scoreMode() {
            return ScoreMode.COMPLETE_NO_SCORES;
        }
    }
}
