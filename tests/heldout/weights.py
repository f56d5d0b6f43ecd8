"""Fits the weights of crates/review/src/rank.rs: python weights.py FOLDER

FOLDER holds the signs that `SEISHO_SIGNS=FOLDER cargo test -p seisho --test seisho -- heldout::ranking` writes (and, for scans,
`--ignored scan_the_tables`, seisho convert, `--ignored the_first_doubts_of_scans`, with SEISHO_KEEP). Logistic regression on the
`fit` side, each source with the same weight in sum; prints each sign's weight, count and share of wrong values, and what the first
tenth of the list holds on both sides.
"""
import glob,math,os,random,sys,collections
folder=sys.argv[1]
def load(side):
    out=[]
    for f in sorted(glob.glob(f'{folder}/{side}-*.tsv')):
        tool=os.path.basename(f)[len(side)+1:-4]
        for line in open(f):
            y,score,signs=line.rstrip('\n').split('\t')
            F={}
            for s in signs.split():
                a,b=s.split('='); b=float(b)
                if a=='Unsure': b/=100
                F[a]=F.get(a,0)+b
            out.append((tool,int(y),int(score),F))
    return out
fit,held=load('fit'),load('heldout')
n=collections.Counter(t for t,_,s,_ in fit if s>=20)
data=[(F,y,sum(n.values())/len(n)/n[t]) for t,y,s,F in fit if s>=20]
names=sorted({a for F,_,_ in data for a in F}); w={a:0. for a in names}; acc={a:1e-6 for a in names}
random.seed(1)
for ep in range(40):
    random.shuffle(data)
    for F,y,k in data:
        z=max(-30,min(30,sum(w[a]*v for a,v in F.items()))); g=(1/(1+math.exp(-z))-y)*k
        for a,v in F.items():
            gr=g*v+2e-3*w[a]; acc[a]+=gr*gr; w[a]-=.5*gr/math.sqrt(acc[a])/(1+ep*.1)
for a in sorted(w,key=lambda a:-w[a]):
    c=[y for F,y,_ in data if a in F]
    print('%-10s %6.2f  %5d %.3f'%(a,w[a],len(c),sum(c)/len(c)))
def say(rows,label,key):
    by=collections.defaultdict(list)
    for r in rows: by[r[0]].append(r)
    for t,rs in by.items():
        e=sum(r[1] for r in rs); d=[r for r in rs if r[2]>=20]; d.sort(key=lambda r:-key(r)); m=-(-len(d)//10)
        k=sum(r[1] for r in d[:m])
        print(label,t,'wrong %d doubts %d'%(e,len(d)),'first tenth %d%% precision %d%% of best %d%%; fifth %d%%'%(100*k/max(e,1),100*k/m,100*k/min(e,m),100*sum(r[1] for r in d[:2*m])/max(e,1)))
s=lambda r:round(sum(round(100*w[a])*v for a,v in r[3].items()))
say(fit,'fit',s); say(held,'heldout',s)
