package dev.langchain4j.rerank.local;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.output.Response;
import dev.langchain4j.rerank.benchmarks.peers.Workload;
import dev.langchain4j.rerank.local.InferenceBackend.RunLimits;
import dev.langchain4j.rerank.local.internal.hub.ModelFiles;
import dev.langchain4j.rerank.local.msmarcominilml12v2q.MsMarcoMiniLmL12V2QuantizedScoringModel;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The cost of a call without its network: tokenising on one thread, planning batches, and a whole call (tokenising,
 * scheduling, collecting, two workers) with an engine that returns at once.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class LocalParts {

    private static final RunLimits FLOAT = new RunLimits(16, 256);

    @Param({"100", "1000"})
    int candidates;

    private String query;
    private List<String> passages;
    private List<TextSegment> segments;
    private PairTokenizer tokenizer;
    private BatchPlanner planner;
    private CrossEncoderScoringModel model;

    @Setup
    public void setUp() {
        Workload workload = Workload.read("main").of(candidates);
        query = workload.query();
        passages = workload.passages();
        segments = passages.stream().map(TextSegment::from).toList();
        ModelFiles files = ModelFiles.beside(MsMarcoMiniLmL12V2QuantizedScoringModel.class);
        tokenizer = PairTokenizer.load(files, 512, 256);
        planner = new BatchPlanner(FLOAT, 512);
        model = CrossEncoderScoringModel.builder().workers(2).build(files, InstantEngine::new);
    }

    @TearDown
    public void tearDown() {
        model.close();
        tokenizer.close();
    }

    @Benchmark
    public long tokenising() {
        PairEncoder.Query tokens = tokenizer.query(query);
        return passages.stream()
                .mapToLong(passage -> tokens.with(passage).length())
                .sum();
    }

    @Benchmark
    public List<int[]> planning() {
        return planner.longestFirst(passages, 12);
    }

    @Benchmark
    public Response<List<Double>> callWithoutNetwork() {
        return model.scoreAll(segments, query);
    }

    /** Accepts one pair per run, like int8, and returns its length. */
    private static final class InstantEngine implements InferenceBackend {

        @Override
        public RunLimits limits() {
            return RunLimits.ONE;
        }

        @Override
        public float[][] run(List<TokenSequence> pairs) {
            return new float[][] {{pairs.get(0).length()}};
        }

        @Override
        public void close() {}
    }
}
